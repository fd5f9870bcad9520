import webpush from "web-push";
import { CHANNEL_KINDS } from "../channel-kinds";
import type { TestAnswer } from "../deliver/test-receiver";
import type { Channel } from "./channel";

/** Planted where a secret goes: long enough to be one, and nowhere else in what is sent or said. */
const SECRET = "s3cretPLANTEDs3cretPLANTED";

/** A browser's own keys, as it would hand them over. */
const BROWSER = {
  p256dh: webpush.generateVAPIDKeys().publicKey,
  auth: Buffer.from("0123456789abcdef").toString("base64url"),
};

interface Known {
  readonly channel: Channel;
  readonly config: Record<string, unknown>;
  /** As the service says that it is done. */
  readonly fine: TestAnswer;
}

/** Every kind that speaks HTTP, set up for a receiver at `url`; those with one address for all are sought there by the test's doors. */
export function makeHttpChannels(url: string): Known[] {
  const known: Record<string, Omit<Known, "channel">> = {
    apprise: { config: { url, key: SECRET, headers: { "X-Proxy": SECRET } }, fine: { body: '{"error":null}' } },
    discord: { config: { url: `${url}/api/webhooks/1/${SECRET}` }, fine: { body: '{"id":"12"}' } },
    gotify: { config: { url, token: SECRET }, fine: { body: '{"id":25,"appid":5}' } },
    matrix: { config: { url, token: SECRET, room: "!abc:lab" }, fine: { body: '{"event_id":"$x"}' } },
    ntfy: { config: { url, topic: "topic-s3cretPLANTED", token: SECRET }, fine: { body: '{"id":"xE7"}' } },
    pagerduty: {
      config: { key: `${SECRET}abcdef` },
      fine: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"x"}' },
    },
    pushover: {
      config: { token: `${SECRET}1234`, user: `${SECRET}5678` },
      fine: { body: '{"status":1,"request":"647d2300"}' },
    },
    slack: { config: { url: `${url}/services/T0/B0/${SECRET}` }, fine: { body: "ok" } },
    teams: { config: { url: `${url}/workflows/1?sig=${SECRET}` }, fine: { status: 202 } },
    telegram: {
      config: { token: `123456:${SECRET}`, chat: "-100123" },
      fine: { body: '{"ok":true,"result":{"message_id":7}}' },
    },
    "web-push": {
      config: { endpoint: `https://push.example/send/${SECRET}`, ...BROWSER, contact: "anna@example.org" },
      fine: { status: 201 },
    },
    webhook: { config: { url: `${url}/hook/${SECRET}`, signingSecret: SECRET }, fine: { status: 204 } },
  };
  return CHANNEL_KINDS.flatMap((channel) => {
    const found = known[channel.kind];
    return found ? [{ channel, ...found }] : [];
  });
}
