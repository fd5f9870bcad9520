import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants, setPriority } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import type { HardwareFacts } from "../../../plugins/sdk/context";

/** Parts change when a case is opened; a USB disk may wait. */
const REFRESH_MS = 6 * 3_600_000;
/** A machine of many disks, some asleep, takes its time. */
const TIMEOUT_MS = 60_000;
const MAX_OUTPUT = 1_000_000;
const MAX_PARTS = 100;

const Text = z.string().default("");
const Size = z.number().nonnegative().nullable();
const Facts = z.object({
  memory: z.array(z.object({ slot: Text, bytes: z.number(), type: Text, megahertz: Size, maker: Text, part: Text })),
  graphics: z.array(z.object({ model: Text, maker: Text, memoryBytes: Size, driver: Text })),
  disks: z.array(z.object({ device: Text, model: Text, maker: Text, type: Text, bus: Text, bytes: z.number() })),
}) satisfies z.ZodType<HardwareFacts>;

/** Answers at once with what is known, undefined at first, and has it found out anew behind the scenes when it is old. */
export function createHardware(now: () => number, start: () => ChildProcess = startProgram) {
  let known: HardwareFacts | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return (): HardwareFacts | undefined => {
    if (now() - askedAt >= REFRESH_MS) {
      askedAt = now();
      listen(start(), (facts) => {
        known = facts;
      });
    }
    return known;
  };
}

/** A program that fails or says nonsense leaves things as they are: parts are a courtesy. */
function listen(child: ChildProcess, done: (facts: HardwareFacts) => void): void {
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(0, MAX_OUTPUT);
  });
  child.on("error", () => undefined);
  child.on("close", () => {
    const facts = parse(output);
    if (facts) done(facts);
  });
  child.unref();
}

function parse(output: string): HardwareFacts | undefined {
  try {
    const { memory, graphics, disks } = Facts.parse(JSON.parse(output));
    return {
      memory: memory.slice(0, MAX_PARTS),
      graphics: graphics.slice(0, MAX_PARTS),
      disks: disks.slice(0, MAX_PARTS),
    };
  } catch {
    return undefined; // As said above.
  }
}

/** Beside the bundle in production; the TypeScript source, through tsx, in development and tests. */
function startProgram(): ChildProcess {
  const built = !import.meta.url.endsWith(".ts");
  const tsx = built ? "" : pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const file = fileURLToPath(new URL(built ? "./hardware-main.js" : "./hardware-main.ts", import.meta.url));
  const child = spawn(process.execPath, [...(built ? [] : ["--import", tsx]), file], {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  if (child.pid !== undefined) trySetPriority(child.pid);
  return child;
}

/** Collections go first. */
function trySetPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It ended already, or this system does not let us.
  }
}
