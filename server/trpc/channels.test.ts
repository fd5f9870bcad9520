import { afterAll, beforeAll, expect, test } from "vitest";
import { openReceiver } from "../alerts/deliver/test-receiver";
import { openDiscovery } from "../collect/discovery/test-discovery";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

const TOKEN = "token-PLANTED";
const channel = (more: object = {}) => ({
  kind: "gotify",
  name: "Phone",
  config: { url: receiver.url, token: TOKEN },
  ...more,
});
const open = async () => (await openDiscovery([])).caller.channels;

test("every kind comes with its form and what to do", async () => {
  const kinds = await (await open()).kinds();
  expect(kinds).toHaveLength(14);
  const gotify = kinds.find(({ kind }) => kind === "gotify");
  expect(gotify).toMatchObject({ title: "Gotify", form: { properties: { token: { secret: true } } } });
});

test("a channel is made, seen without its secrets, changed and removed", async () => {
  const channels = await open();
  const made = await channels.create(channel());
  expect(made).toMatchObject({ kindTitle: "Gotify", enabled: true, config: { url: receiver.url, token: "***" } });
  const changed = await channels.update({ id: made.id, channel: channel({ name: "Tablet", config: made.config }) });
  expect(changed.name).toBe("Tablet");
  expect(JSON.stringify([await channels.list(), await channels.get({ id: made.id })])).not.toContain("PLANTED");
  receiver.answer({ body: '{"id":1}' });
  expect(await channels.test({ id: made.id })).toMatchObject({ ok: true });
  expect(receiver.only().headers["x-gotify-key"]).toBe(TOKEN);
  await channels.remove({ id: made.id });
  expect(await channels.list()).toEqual([]);
});

test("a draft is tested before it is saved, and one that is being changed with what is stored", async () => {
  const channels = await open();
  receiver.answer({ body: '{"id":1}' });
  expect(await channels.test({ channel: channel() })).toEqual({ ok: true, answer: '200: {"id":1}', again: false });
  expect(JSON.parse(String(receiver.only().body))).toMatchObject({
    title: "Test from Unity",
    message: expect.stringContaining('through the channel "Phone"'),
  });
  expect(await channels.list()).toEqual([]);
  const { id, config } = await channels.create(channel());
  receiver.answer({ body: '{"id":1}' });
  await channels.test({ id, channel: channel({ name: "Tablet", config }) });
  expect(receiver.only().headers["x-gotify-key"]).toBe(TOKEN);
});

test("a failed test is an answer in words, never with a secret", async () => {
  const channels = await open();
  receiver.answer({ status: 401, body: `{"error":"Unauthorized","errorDescription":"no token ${TOKEN}"}` });
  expect(await channels.test({ channel: channel() })).toEqual({ ok: false, answer: "401: Unauthorized", again: false });
  receiver.answer({ status: 500, body: `no token ${TOKEN}` });
  expect(await channels.test({ channel: channel() })).toEqual({ ok: false, answer: "500: no token ***", again: true });
});

test("settings that cannot work are an error at their field", async () => {
  const channels = await open();
  const test = channels.test({ channel: channel({ config: { url: "gotify", token: TOKEN } }) });
  await expect(test).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { field: "config.url" } });
  await expect(channels.test({})).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(channels.test({ id: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("browsers subscribe to one key", async () => {
  const channels = await open();
  const { publicKey } = await channels.pushKey();
  expect(Buffer.from(publicKey, "base64url")).toHaveLength(65);
  expect(await channels.pushKey()).toEqual({ publicKey });
});
