import { connect } from "node:net";
import { parseArgs } from "node:util";
import { type RunningUnity, startUnity } from "../e2e/built-unity";
import { createHostileRequests, type HostileRequest } from "./load/hostile-requests";
import { createRandom } from "./load/household";
import { pause } from "./measure/pause";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const AT_ONCE = 16;
/** A connection that says nothing for so long is closed from here: what was cut off has no answer. */
const SILENT_MS = 400;
const MOST_ANSWER_BYTES = 2_000_000;
const SETTLE_MS = 10_000;
const TARGETS = { crashes: 0, errors_without_code: 0, internal_errors: 0, memory_growth_mb: 30 };

/** `--requests 100000 --seed 1`: malformed requests against a running Unity, and what became of it. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { requests: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
  });
  const count = Number(values.requests);
  const unity = await startUnity();
  // Most come from somebody who is signed in: what lies behind the door is asked, too.
  const next = createHostileRequests(createRandom(Number(values.seed)), unity.cookie);
  try {
    const pid = unity.pid();
    const found = {
      answered: 0,
      unanswered: 0,
      withoutCode: new Map<string, number>(),
      internal: new Map<string, number>(),
    };
    const note = (in_: Map<string, number>, what: string) => in_.set(what, (in_.get(what) ?? 0) + 1);
    const sendMany = async (many: number) => {
      let left = many;
      const sendNext = async () => {
        for (; left > 0 && unity.pid() === pid; ) {
          left -= 1;
          const request = next();
          const answer = await send(unity, request);
          const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
          if (status === undefined) found.unanswered += 1;
          else found.answered += 1;
          const first = () => `${request.kind}: ${firstLine(request)} → ${answer.slice(-300)}`;
          if (/INTERNAL_SERVER_ERROR/.test(answer)) note(found.internal, first());
          else if (status?.startsWith("5") && !/"code":/.test(answer)) note(found.withoutCode, first());
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
    };
    // What every part of it allocates once is no growth.
    const startedAt = performance.now();
    await sendMany(Math.floor(count / 4));
    await pause(SETTLE_MS);
    const warmMb = readUsage(pid).rssMb;
    await sendMany(count - Math.floor(count / 4));
    const seconds = (performance.now() - startedAt - SETTLE_MS) / 1_000;
    await pause(SETTLE_MS);
    const ready = await fetch(`${unity.url}/readyz`).catch(() => undefined);
    const endMb = readUsage(pid).rssMb;
    const broken = [...found.withoutCode, ...found.internal].slice(0, 8).map(([what, times]) => `${times} × ${what}`);
    const figures = {
      requests: count,
      requests_per_s: count / seconds,
      answered: found.answered,
      unanswered: found.unanswered,
      crashes: ready?.ok && unity.pid() === pid ? 0 : 1,
      errors_without_code: sum(found.withoutCode),
      internal_errors: sum(found.internal),
      rss_mb: endMb,
      memory_growth_mb: endMb - warmMb,
    };
    const notes = [
      "memory_growth_mb: from a quarter of the requests to the end, ten quiet seconds before each.",
      "unanswered: what was no HTTP, or cut off; the connection is closed.",
      ...broken,
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    await unity.dispose();
  }
}

/** @returns what came back, as latin1; all of it when it is short */
function send({ port }: RunningUnity, { bytes }: HostileRequest): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1");
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(SILENT_MS, end);
    socket.setEncoding("latin1");
    socket.on("data", (piece: string) => {
      answer += piece;
      if (answer.length > MOST_ANSWER_BYTES || answer.startsWith("HTTP/1.1 101")) end();
    });
    socket.on("error", end);
    socket.on("close", end);
    socket.write(bytes);
  });
}

const firstLine = ({ bytes }: HostileRequest) => bytes.toString("latin1").slice(0, 160).split("\r\n", 1)[0];
const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
