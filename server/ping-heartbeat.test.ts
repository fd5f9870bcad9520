import { expect, test } from "vitest";
import { openReceiver, openTestDoors } from "./alerts/deliver/test-receiver";
import { pingHeartbeat } from "./ping-heartbeat";

test("says what came of it", async () => {
  const receiver = await openReceiver();
  receiver.answer({ status: 200 });
  expect(await pingHeartbeat(`${receiver.url}/x`, openTestDoors())).toEqual({ ok: true, answer: "200" });
  receiver.answer({ status: 302, headers: { location: `${receiver.url}/y` } });
  expect(await pingHeartbeat(`${receiver.url}/x`, openTestDoors())).toEqual({ ok: false, answer: "302" });
  expect(receiver.received).toHaveLength(1);
  await receiver.close();
});

test("says what to do when the address is refused, and nothing of the address", async () => {
  const said = await pingHeartbeat("http://0xa9fea9fe/s3cret", openTestDoors());
  expect(said).toEqual({ ok: false, answer: expect.stringContaining("UNITY_ALLOW_ADDRESSES") });
  expect(said.answer).not.toMatch(/169|0xa9|s3cret/);
});
