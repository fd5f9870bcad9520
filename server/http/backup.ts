import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { AuditDetails, AuditOutcome } from "../auth/audit-entry";
import type { Visitor } from "../auth/visitor";
import type { BackupStream } from "../backup/backups";
import { DOWNLOAD } from "../backup/download-deed";
import type { SecretsChoice } from "../backup/open-backup";
import { problemOfPassphrase } from "../backup/passphrase-rule";
import { messageOf, reasonOf, UnityError } from "../errors";
import { Secret } from "../secrets";
import { writeDeed } from "../trpc/write-audit";
import type { Unity } from "../unity";
import { answerJson } from "./answer-json";
import { readBody } from "./read-body";

const PATH = "/api/backup";
/** A passphrase and a few words. */
const MOST_BYTES = 8_192;

/** Whoever chose the passphrase can read every secret: a token that was lost somewhere must not do what it takes a person for. */
const NOT_BY_TOKEN =
  'Secrets go under a passphrase only for a person who is signed in. With a token, ask for "kept", which puts them under the key of this Unity, or "none".';

const runs = z.boolean().default(false);
const Wanted = z.discriminatedUnion("secrets", [
  z.strictObject({ secrets: z.literal("none"), runs }),
  z.strictObject({ secrets: z.literal("kept"), runs }),
  z.strictObject({ secrets: z.literal("passphrase"), passphrase: z.string().max(1_000), runs }),
]);

type Parts = Pick<Unity, "backups" | "audit" | "accounts" | "log">;
interface Asked {
  readonly secrets: SecretsChoice;
  readonly runs: boolean;
}

/**
 * Hands out a backup as it is made: a POST, so that its passphrase is in no address, of JSON, which no other site's form can send. It is
 * never here as a whole, and goes as fast as whoever takes it.
 */
export function createBackupHandler(unity: Parts) {
  async function handle(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void> {
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return answerJson(response, 405, { code: "refused", message: "A backup is asked for by POST." });
    }
    const write: Write = (outcome, details, name) =>
      writeDeed({ unity, visitor, path: DOWNLOAD }, { outcome, subject: { id: null, name: name ?? null }, details });
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("Whoever asked for the backup is gone.")));
    try {
      const stream = await begin(await readWanted(request, visitor), gone.signal);
      await send(stream, { response, write, gone: gone.signal });
    } catch (error) {
      const { status, ...said } = tellOf(error);
      if (!(error instanceof UnityError)) unity.log.warn({ err: error }, "a backup could not be begun");
      write(status === 403 ? "refused" : "failed", { reason: said.message });
      answerJson(response, status, said);
    }
  }

  function begin(asked: Asked, signal: AbortSignal): Promise<BackupStream> {
    if (!unity.backups) throw new UnityError("unavailable", "This Unity does not know where its database lies.");
    return unity.backups.open({ ...asked, signal });
  }

  return { matches: (path: string) => path === PATH, handle };
}

type Write = (outcome: AuditOutcome, details: AuditDetails, name?: string) => void;

/** Never throws: from here on the answer has begun. What is not there to its end is cut off, so that nobody takes it for a whole one. */
async function send(
  { name, bytes, header, totals, lost }: BackupStream,
  { response, write, gone }: { response: ServerResponse; write: Write; gone: AbortSignal },
): Promise<void> {
  const secrets = header.backup.secrets.kind;
  let sent = 0;
  bytes.on("data", (block: Uint8Array) => {
    sent += block.length;
  });
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  });
  try {
    await pipeline(bytes, response);
    const unreadable = lost();
    const facts = { bytes: sent, samples: totals()?.samples ?? 0, secrets, ...(unreadable ? { unreadable } : {}) };
    write("done", { facts }, name);
  } catch (error) {
    bytes.destroy();
    const left = isPremature(error) || error === gone.reason;
    const reason = left ? "It was ended by whoever took it." : messageOf(error);
    write("failed", { reason, facts: { bytes: sent, secrets } }, name);
  }
}

/** @throws UnityError `invalid`, naming the field; `forbidden` */
async function readWanted(request: IncomingMessage, visitor: Visitor): Promise<Asked> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    throw new UnityError("invalid", "A backup is asked for with JSON: content-type application/json.");
  const body = await readBody(request, MOST_BYTES);
  const given = Wanted.safeParse(parseJson(body));
  if (!given.success) {
    const field = given.error.issues[0]?.path.join(".") || undefined;
    const message = 'Say what becomes of secrets: "none", "kept", or "passphrase" with a passphrase.';
    throw new UnityError("invalid", message, field === undefined ? {} : { field });
  }
  const { data } = given;
  if (data.secrets !== "passphrase") return { secrets: { kind: data.secrets }, runs: data.runs };
  if (visitor.via === "token") throw new UnityError("forbidden", NOT_BY_TOKEN);
  const passphrase = new Secret(data.passphrase);
  const problem = problemOfPassphrase(passphrase);
  if (problem !== undefined) throw new UnityError("invalid", problem, { field: "passphrase" });
  return { secrets: { kind: "passphrase", passphrase }, runs: data.runs };
}

interface Told {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
}

/** What could not be begun, for the admin who asked: what a command says at a terminal, too. */
function tellOf(error: unknown): Told {
  if (!(error instanceof UnityError)) return { status: 503, code: "unavailable", message: reasonOf(error) };
  const { code, message, field } = error;
  return { status: STATUS[code] ?? 503, code, message, field };
}

const STATUS: Readonly<Record<string, number | undefined>> = { invalid: 400, forbidden: 403, too_many: 409 };

/** The connection was closed before its end: of everything that can go wrong only that is the other side's. */
const isPremature = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";

function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
