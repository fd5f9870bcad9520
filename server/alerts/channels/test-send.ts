import { afterAll, beforeAll, expect } from "vitest";
import { deliver } from "../deliver/deliver";
import { openReceiver, openTestDoors } from "../deliver/test-receiver";
import type { Message } from "../shapes/message";
import { makeMessage } from "../shapes/test-message";
import { makeHttpChannels } from "./test-channels";

/** Names may be anything: what would be markup, a mention or a link somewhere. */
const HOSTILE = "<b>x</b> & @everyone <!channel> [a](http://evil.test) *s* _u_ `c` ||s||";
export const hostile = makeMessage({ title: HOSTILE, text: HOSTILE });
export const long = makeMessage({ title: "t&".repeat(5_000), text: "<x>*\n".repeat(2_000) });
export const resolved = makeMessage({ state: "resolved", title: "Over" });

export const LINK = "https://unity.lab/alerts";
export const ACTION = "https://unity.lab/act/a.b.c";

/** A receiver for a file of tests, and ways to send to it through a kind of channel. */
export function openSender() {
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  beforeAll(async () => {
    receiver = await openReceiver();
  });
  afterAll(() => receiver.close());

  const find = (kind: string) => {
    const found = makeHttpChannels(receiver.url).find(({ channel }) => channel.kind === kind);
    if (!found) throw new Error(kind);
    return found;
  };
  return {
    /** What the service was sent. */
    async send(kind: string, { message = makeMessage(), more = {} }: { message?: Message; more?: object } = {}) {
      const { channel, config, fine } = find(kind);
      receiver.answer(fine);
      const doors = openTestDoors({ reroute: receiver.url, now: Date.UTC(2026, 0, 2) });
      expect(await deliver(channel, { ...config, ...more }, message, doors)).toMatchObject({ ok: true });
      const { method, path, headers, body } = receiver.only();
      return { asked: doors.asked[0], method, path, headers, text: String(body), json: () => JSON.parse(String(body)) };
    },
    /** What became of it when the service answers so. */
    answered(kind: string, answer: Parameters<typeof receiver.answer>[0]) {
      const { channel, config } = find(kind);
      receiver.answer(answer);
      return deliver(channel, config, makeMessage(), openTestDoors());
    },
  };
}
