import { makeCanary } from "./test-canary";

/** Their services have one address for all, and are not told of tests: what they say is looked through beside the channels. */
export const ELSEWHERE = ["telegram", "pagerduty", "pushover"];

interface Places {
  readonly url: string;
  readonly tcpPort: number;
  /** Of data. */
  readonly folder: string;
}

/** Of every kind one, with canaries in its secrets. */
export function makeChannelConfigs({ url, tcpPort, folder }: Places): Record<string, Record<string, unknown>> {
  return {
    telegram: { token: `123456:${makeCanary()}${makeCanary()}`.slice(0, 46), chat: "-100123" },
    pagerduty: { key: makeCanary().padEnd(32, "0") },
    pushover: { token: makeCanary().padEnd(30, "0"), user: makeCanary().padEnd(30, "0") },
    discord: { url: `${url}/api/webhooks/1/${makeCanary()}` },
    slack: { url: `${url}/services/T0/B0/${makeCanary()}` },
    teams: { url: `${url}/workflows/1?sig=${makeCanary()}` },
    matrix: { url: url, token: makeCanary(), room: "!abc:lab" },
    gotify: { url: url, token: makeCanary() },
    ntfy: { url: url, topic: makeCanary(), token: makeCanary() },
    apprise: { url: url, key: makeCanary(), headers: { "X-Proxy": makeCanary() } },
    email: {
      host: "127.0.0.1",
      port: tcpPort,
      security: "none",
      from: "a@x.org",
      to: ["b@x.org"],
      username: "anna",
      password: makeCanary(),
    },
    script: { path: `${folder}/scripts/gone`, variables: { TOKEN: makeCanary() }, stray: makeCanary() },
    webhook: {
      url: `${url}/hook/${makeCanary()}`,
      signingSecret: makeCanary(),
      headers: { "X-Key": makeCanary() },
    },
    "web-push": {
      endpoint: `${url.replace("http", "https")}/send/${makeCanary()}`,
      p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
      auth: Buffer.from(makeCanary().slice(0, 16)).toString("base64url"),
      contact: "anna@example.org",
    },
  };
}
