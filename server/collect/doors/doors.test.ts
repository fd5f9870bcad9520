import { expect, test } from "vitest";
import { createDoors } from "./doors";

const { doors } = createDoors({ signal: new AbortController().signal });

test("looks names up, gives literals back, and calls an unknown name dns", async () => {
  expect(await doors.lookup("::1")).toEqual([{ address: "::1", family: 6 }]);
  expect(await doors.lookup("localhost", 4)).toEqual([{ address: "127.0.0.1", family: 4 }]);
  await expect(doors.lookup("name.invalid")).rejects.toMatchObject({ reason: "dns" });
});

test("knows the machine", async () => {
  const machine = await doors.machine();
  expect(machine.cpuCount).toBeGreaterThan(0);
  expect(machine.totalBytes).toBeGreaterThan(machine.freeBytes);
  expect(machine.uptimeSeconds).toBeGreaterThan(0);
  expect(machine.loadAverages).toHaveLength(3);
  // Each CPU has been doing something since the machine started; those that were switched off meanwhile count less.
  const seconds = Object.values(machine.cpuSeconds).reduce((sum, value) => sum + value, 0);
  expect(seconds / machine.uptimeSeconds / machine.cpuCount).toBeGreaterThan(0.5);
  expect(seconds / machine.uptimeSeconds / machine.cpuCount).toBeLessThan(1.1);
  expect(machine.interfaces.lo?.[0]).toMatchObject({ address: "127.0.0.1", internal: true });
});

test("opens a driver, asks it, and closes it at the end of the run", async () => {
  const { doors, close } = createDoors({ signal: new AbortController().signal });
  let closed = 0;
  const ask = await doors.driver("postgres at db.lab", async () => ({
    ask: async (question: number) => {
      if (question === 0) throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
      return question * 2;
    },
    close: async () => {
      closed += 1;
    },
  }));
  expect(await ask(21)).toBe(42);
  await expect(ask(0)).rejects.toMatchObject({
    reason: "unreachable",
    message: "postgres at db.lab refused the connection.",
  });
  await close();
  expect(closed).toBe(1);
});

test("a driver that opens after the run has ended is closed, one that hangs ends with the run", async () => {
  const run = new AbortController();
  const { doors, close } = createDoors({ signal: run.signal });
  let closed = false;
  let open = () => {};
  const opening = doors.driver("slow", async () => {
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    return {
      ask: async () => 1,
      close: async () => {
        closed = true;
      },
    };
  });
  run.abort();
  await expect(opening).rejects.toMatchObject({ reason: "timeout" });
  await close();
  open();
  await expect.poll(() => closed).toBe(true);
});

test("a driver whose close throws at once harms nobody", async () => {
  const { doors, close } = createDoors({ signal: new AbortController().signal });
  await doors.driver("rude", async () => ({
    ask: async () => 1,
    close: () => {
      throw new Error("no");
    },
  }));
  await close();
});
