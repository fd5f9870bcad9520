import { expect, test } from "vitest";
import { createLog } from "../../log";
import { createHeartbeat } from "./heartbeat";
import { createTestClock, SECOND } from "./test-lead";

const URL = "https://hc.example/2f0c";

function makeHeart() {
  const clock = createTestClock();
  const start = clock.now();
  const pings: number[] = [];
  const world = { collects: true, ping: async () => ({ ok: true, answer: "200" }) };
  const heart = createHeartbeat({
    clock,
    log: createLog("silent"),
    collects: () => world.collects,
    ping(url) {
      expect(url).toBe(URL);
      pings.push((clock.now() - start) / SECOND);
      return world.ping();
    },
  });
  const pass = async (seconds: number, url = URL) => {
    for (let second = 0; second < seconds; second++) {
      heart.beat({ url, everySeconds: 60 });
      await clock.pass(SECOND);
    }
  };
  return { clock, pings, world, heart, pass };
}

test("it beats at its pace while collecting works, holds its breath when it does not, and goes on when it does", async () => {
  const { pings, world, heart, pass } = makeHeart();
  await pass(125);
  expect(pings).toEqual([0, 60, 120]);
  expect(heart.state()).toMatchObject({ ok: true, answer: "200", held: false });
  world.collects = false;
  await pass(300);
  expect(pings).toHaveLength(3);
  expect(heart.state().held).toBe(true);
  world.collects = true;
  await pass(2);
  expect(pings).toHaveLength(4);
});

test("without an address nobody is told", async () => {
  const { pings, pass } = makeHeart();
  await pass(120, "");
  expect(pings).toEqual([]);
});

test("one that hangs is ended, and says nothing of the address", async () => {
  const { world, heart, pass } = makeHeart();
  world.ping = () => Promise.reject(new Error(`could not reach ${URL}`));
  await pass(2);
  expect(heart.state()).toMatchObject({ ok: false, answer: "it cannot be reached" });
});
