import { afterAll, beforeAll, expect, test } from "vitest";
import { deliver } from "../deliver/deliver";
import { openReceiver, openTestDoors } from "../deliver/test-receiver";
import { makeMessage } from "../shapes/test-message";
import { ntfy } from "./ntfy";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

const FINE = { body: '{"id":"xE73Iyuabi"}' };

test("posts JSON to the server's root, as ntfy wants it", async () => {
  receiver.answer(FINE);
  const config = { url: receiver.url, topic: "my-topic", token: "tk_12345678" };
  const message = makeMessage();
  expect(await deliver(ntfy, config, message, openTestDoors())).toMatchObject({ ok: true });
  const { method, path, headers, body } = receiver.only();
  expect({ method, path, authorization: headers.authorization }).toEqual({
    method: "POST",
    path: "/",
    authorization: "Bearer tk_12345678",
  });
  expect(JSON.parse(String(body))).toEqual({
    topic: "my-topic",
    title: message.title,
    message: message.text,
    priority: 5,
    tags: ["warning"],
    sequence_id: message.id,
    click: message.url,
    actions: [
      { action: "view", label: "Open in Unity", url: message.url },
      { action: "view", label: "Acknowledge", url: "https://unity.lab/act/a.b.c" },
    ],
  });
});

test("fits what a server reads, whatever it holds", async () => {
  receiver.answer(FINE);
  const text = '"\n'.repeat(5_000);
  const config = { url: receiver.url, topic: "my-topic" };
  await deliver(ntfy, config, makeMessage({ title: "ü".repeat(500), text }), openTestDoors());
  const { body } = receiver.only();
  expect(body.length).toBeLessThan(8_192);
  const { title, message } = JSON.parse(String(body));
  expect(Buffer.byteLength(title)).toBeLessThanOrEqual(250);
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4_096);
});
