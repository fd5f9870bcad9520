import { z } from "zod";
import { CollectError, type HttpApi, labelItems, openApi, parseAnswer, type Report, readPart, toLabel } from "../sdk";
import type { Job, Read } from "./job";
import type { metrics } from "./metrics";
import { parseDuration, parseTime } from "./parse-time";
import type { Context } from "./run-tool";
import { scrub } from "./scrub";
import { changeOf, keepSizes } from "./sizes";

const Login = z.object({ AccessToken: z.string().min(1) });
const Entry = z.object({
  Backup: z.object({
    ID: z.union([z.string(), z.number()]).transform(String),
    Name: z.string(),
    TargetURL: z.string().nullish(),
    /** Everything is a text here, also numbers. */
    Metadata: z
      .record(
        z.string(),
        z
          .union([z.string(), z.number()])
          .nullable()
          .transform((value) => String(value ?? "")),
      )
      .nullish(),
  }),
  Schedule: z.object({ Time: z.string().nullish(), Repeat: z.string().nullish() }).nullish().catch(undefined),
});
type Entry = z.output<typeof Entry>;
const State = z.object({
  ProgramState: z.string().nullish(),
  HasError: z.boolean().nullish(),
  HasWarning: z.boolean().nullish(),
  UpdatedVersion: z.string().nullish(),
});

const TIMEOUT_MS = 20_000;

/** Duplicati from 2.1 on, through the API of its web page. Every backup that is set up there is a job. */
export async function readDuplicati(context: Context, report: Report<typeof metrics>): Promise<Read> {
  const { url, headers, tls, job, maxItems } = context.config;
  const api = openApi(context, {
    url,
    headers,
    tls,
    refusals: {
      401: { reason: "auth", hint: "Check the password of Duplicati's web page." },
      403: { reason: "permission", hint: "Start Duplicati with --webservice-allowed-hostnames=* or this name." },
    },
  });
  const authorization = { authorization: `Bearer ${await logIn(context, api)}` };
  const answer = await api.ask("/api/v1/backups", { headers: authorization, timeoutMs: TIMEOUT_MS });
  const all = labelItems(parseAnswer(z.array(Entry), answer), {
    name: ({ Backup }) => Backup.Name,
    id: ({ Backup }) => Backup.ID,
  });
  const wanted = all.filter(({ item, label }) => job === undefined || item.Backup.Name === job || label === job);
  if (job !== undefined && wanted.length === 0)
    throw new CollectError("not_found", `Duplicati has no backup called ${job}.`, {
      hint: `It has: ${
        all
          .map(({ label }) => label)
          .join(", ")
          .slice(0, 300) || "none"
      }.`,
    });
  const state = await readPart(context, report, () =>
    api.read(State, "/api/v1/serverstate", { headers: authorization, timeoutMs: TIMEOUT_MS }),
  );
  const shown = wanted.slice(0, maxItems);
  return {
    jobs: shown.map(({ item, label }) => describeJob(context, label, item)),
    truncated: wanted.length > shown.length,
    facts: {
      backups: all.length,
      state: toLabel(state?.ProgramState ?? ""),
      ...(state?.UpdatedVersion ? { update: toLabel(state.UpdatedVersion) } : {}),
    },
    lists: { backups: shown.map(({ item, label }) => describeEntry(context, label, item)) },
  };
}

/** Older versions have no such path: they knew cookies and a nonce. */
async function logIn({ config }: Context, api: HttpApi): Promise<string> {
  const body = JSON.stringify({ Password: config.uiPassword ?? "", RememberMe: false });
  const answer = await api.ask("/api/v1/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    timeoutMs: TIMEOUT_MS,
    accept: [404],
  });
  if (answer.status === 404)
    throw new CollectError("unsupported_version", `${api.base} does not know Duplicati's login.`, {
      hint: "Duplicati 2.1 or later is needed.",
    });
  return parseAnswer(Login, answer).AccessToken;
}

function describeJob(context: Context, name: string, { Backup }: Entry): Job {
  const facts = new Map(Object.entries(Backup.Metadata ?? {}));
  const number = (key: string) => {
    const text = facts.get(key)?.trim() ?? "";
    const value = text === "" ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const finishedAt = parseTime(facts.get("LastBackupFinished")) ?? parseTime(facts.get("LastBackupDate"));
  const startedAt = parseTime(facts.get("LastBackupStarted"));
  const failedAt = parseTime(facts.get("LastErrorDate"));
  const isFailed = failedAt !== undefined && failedAt > (finishedAt ?? 0);
  const sourceBytes = number("SourceFilesSize");
  const measured =
    finishedAt === undefined || sourceBytes === undefined ? [] : [{ id: String(finishedAt), bytes: sourceBytes }];
  return {
    name,
    type: "duplicati",
    lastSuccessAt: finishedAt,
    lastRunAt: isFailed ? failedAt : startedAt,
    lastRunOk: isFailed ? false : finishedAt === undefined ? undefined : true,
    durationSeconds: parseDuration(facts.get("LastBackupDuration")),
    snapshots: number("BackupListCount") ?? number("TargetFilesetsCount"),
    sizeBytes: sourceBytes,
    files: number("SourceFilesCount"),
    sourceBytes,
    repositoryBytes: number("TargetFilesSize"),
    freeBytes: number("FreeQuotaSpace"),
    sizeChangeRatio: changeOf(keepSizes(context, name, measured).map(({ bytes }) => bytes)),
  };
}

function describeEntry(context: Context, backup: string, { Backup, Schedule }: Entry) {
  return {
    backup,
    // Credentials stand behind the question mark.
    target: scrub((Backup.TargetURL ?? "").replace(/\?.*$/s, ""), context.config),
    repeat: toLabel(Schedule?.Repeat ?? ""),
    next: toLabel(Schedule?.Time ?? ""),
    lastError: scrub(Backup.Metadata?.LastErrorMessage ?? "", context.config),
  };
}
