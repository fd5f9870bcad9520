import { afterAll, beforeAll, expect, test } from "vitest";
import { openReceiver } from "../alerts/deliver/test-receiver";
import { openDiscovery } from "../collect/discovery/test-discovery";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

const open = async () => (await openDiscovery([])).caller;
const gotify = (more: object = {}) => ({
  kind: "gotify",
  name: "Phone",
  config: { url: receiver.url, token: "token-PLANTED" },
  ...more,
});

test("without a channel a canary goes to nobody, and says so", async () => {
  const { notifications } = await open();
  expect(await notifications.canary()).toEqual([]);
  expect(await notifications.latest()).toEqual([]);
  await expect(notifications.sendCanary()).rejects.toThrow("None of these channels is on");
});

test("a canary goes to the channels that are on, and each says how it went last", async () => {
  const { channels, notifications } = await open();
  const phone = await channels.create(gotify());
  await channels.create(gotify({ name: "Tablet", enabled: false }));
  receiver.answer({ body: '{"id":1}' });
  expect(await notifications.sendCanary()).toEqual({ channels: 1 });
  const told = { channel: { id: phone.id, name: "Phone" }, kind: "canary", alerts: [] };
  expect(await notifications.canary()).toMatchObject([told]);
  expect(await notifications.latest()).toMatchObject([told]);
  expect((await notifications.log()).deliveries).toMatchObject([told]);
});
