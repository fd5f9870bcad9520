import { z } from "zod";
import { CollectError } from "../sdk";
import type { Job, Read } from "./job";
import { nameJob } from "./names";
import { parseTime } from "./parse-time";
import type { Context } from "./run-tool";
import { scrub } from "./scrub";
import { changeOf, keepSizes } from "./sizes";

const TIMEOUT_MS = 120_000;

/** What the program prints, as the last line or as all of it. */
const Told = z.object({
  last_success: z.union([z.number(), z.string()]).nullish(),
  size_bytes: z.coerce.number().nonnegative().nullish(),
  ok: z.boolean().nullish(),
  message: z.string().nullish(),
});

/** A program that knows about a backup. That it ends with another code than 0 says that the backup failed. */
export async function readScript(context: Context): Promise<Read> {
  const [program = "", ...args] = context.config.command;
  const name = nameJob(context.config);
  const { code, stdout, stderr } = await context.exec(program, args, {
    env: context.config.env,
    timeoutMs: TIMEOUT_MS,
  });
  const told = parseTold(stdout);
  if (!told && code === 0)
    throw new CollectError("parse", `${program} printed no JSON that has last_success.`, {
      hint: 'Print a line such as {"last_success":"2026-08-20T10:15:00Z","size_bytes":123}.',
    });
  const isOk = code === 0 && told?.ok !== false;
  const lastSuccessAt = parseTime(told?.last_success);
  const sizeBytes = told?.size_bytes ?? undefined;
  const job: Job = {
    name,
    type: "script",
    lastSuccessAt,
    isHistoryKnown: told !== undefined,
    lastRunOk: isOk,
    sizeBytes,
    sizeChangeRatio: change(context, name, lastSuccessAt, sizeBytes),
  };
  const message = scrub(told?.message ?? (isOk ? "" : stderr), context.config);
  return { jobs: [job], truncated: false, facts: message === "" ? {} : { message }, lists: {} };
}

function parseTold(stdout: string): z.output<typeof Told> | undefined {
  const lastLine = stdout.trim().split("\n").at(-1) ?? "";
  for (const text of [stdout, lastLine]) {
    try {
      const parsed = Told.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
    } catch {
      // Other lines may stand before it.
    }
  }
  return undefined;
}

function change(context: Context, name: string, at: number | undefined, bytes: number | undefined): number | undefined {
  if (at === undefined || bytes === undefined) return undefined;
  return changeOf(keepSizes(context, name, [{ id: String(at), bytes }]).map((one) => one.bytes));
}
