import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type Holder, holdServerLock } from "./server-lock";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

/** A server that may be away, and where somebody else may have the lock. */
function createServer() {
  const server = { isAway: false, isTaken: false, takes: 0, ended: 0, taken: vi.fn() };
  const answer = async () => {
    if (server.isAway) throw new Error("away");
  };
  const take = async (): Promise<Holder | undefined> => {
    await answer();
    server.takes++;
    return server.isTaken ? undefined : { ask: answer, end: () => void server.ended++ };
  };
  return { server, hold: () => holdServerLock(take, server.taken) };
}

test("a lock that was lost is taken again when the server is back", async () => {
  const { server, hold } = createServer();
  const lock = await hold();
  server.isAway = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server).toMatchObject({ takes: 1, ended: 1 });
  server.isAway = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.takes).toBe(2);
  expect(server.taken).not.toHaveBeenCalled();
  await lock?.release();
  expect(server.ended).toBe(2);
});

test("whoever lost it to somebody else hears of it, but not of a lost connection of his own that the server still keeps", async () => {
  const { server, hold } = createServer();
  const lock = await hold();
  server.isAway = true;
  await vi.advanceTimersByTimeAsync(20_000);
  Object.assign(server, { isAway: false, isTaken: true });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.taken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(server.taken).toHaveBeenCalledOnce();
  await lock?.release();
});

test("there is no lock when somebody has it", async () => {
  const { server, hold } = createServer();
  server.isTaken = true;
  expect(await hold()).toBeUndefined();
});
