import { expect, test } from "vitest";
import { Message, MOST_ALERTS } from "./message";
import { makeMessage } from "./test-message";

test("comes out of the database as it went in", () => {
  const message = makeMessage();
  expect(Message.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test("holds no more alerts than a channel has to expect", () => {
  const message = makeMessage();
  const alert = message.alerts[0];
  const alerts = Array.from({ length: MOST_ALERTS + 1 }, () => alert);
  expect(Message.safeParse({ ...message, alerts }).success).toBe(false);
});
