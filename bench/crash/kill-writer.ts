import { spawn } from "node:child_process";
import { join } from "node:path";
import type { RunningStore } from "../../scripts/stores/start-store.mjs";
import { pause } from "../measure/pause";
import type { Writing } from "./rounds";

const WITHIN_MS = 60_000;

/** What a killed writer had said. Rounds; -1 before the first. */
export interface Said {
  /** The last round that it was told is durable. */
  readonly durable: number;
  /** The last that it had written longer ago than the flush window when it was killed. */
  readonly due: number;
  /** Whether the database was killed under it, and came back. */
  readonly outage: boolean;
  /** How old this round's samples were when it was killed, in milliseconds; 0 for a round that it had not written. */
  ageOf(round: number): number;
}

/**
 * Lets a writer run until something is durable, kills the database's server under it when one is given, and then kills the writer
 * itself in the middle of a phase.
 */
export async function killWriter(
  url: string,
  { phase, windowMs, server }: { phase: Writing; windowMs: number; server: RunningStore | undefined },
): Promise<Said> {
  const writer = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "writer.ts"), url, phase], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  writer.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const closed = new Promise<void>((resolve) => writer.on("close", () => resolve()));
  /** Until it says this after everything it has said so far. */
  const waitFor = async (word: string) => {
    const from = output.length;
    for (const until = Date.now() + WITHIN_MS; !output.includes(`\n${word} `, Math.max(0, from - 1)); ) {
      if (writer.exitCode !== null || Date.now() > until) throw new Error(`The writer never said "${word}".`);
      await pause(2);
    }
  };
  try {
    await waitFor("durable");
    if (server) {
      await pause(Math.random() * 1_000);
      await server.kill();
      await pause(Math.random() * 2_000);
      await server.startAgain();
      await waitFor("durable");
    }
    if (phase === "flush") await pause(Math.random() * 1_000);
    else await waitFor(`phase ${phase}`);
    await pause(Math.random() * 40);
    const killedAt = Date.now();
    writer.kill("SIGKILL");
    await closed;
    return readOutput(output, { killedAt, windowMs, outage: server !== undefined });
  } finally {
    writer.kill("SIGKILL");
    await closed;
  }
}

function readOutput(
  output: string,
  { killedAt, windowMs, ...about }: { killedAt: number; windowMs: number; outage: boolean },
): Said {
  const lines = output.split("\n").map((line) => line.split(" "));
  const last = (word: string, before: number) =>
    lines.reduce(
      (most, [said, round, at]) => (said === word && Number(at) <= before ? Math.max(most, Number(round)) : most),
      -1,
    );
  return {
    ...about,
    durable: last("durable", killedAt),
    due: last("wrote", killedAt - windowMs),
    ageOf(round) {
      const line = lines.find(([word, written]) => word === "wrote" && Number(written) === round);
      return line ? killedAt - Number(line[2]) : 0;
    },
  };
}
