import { save } from "@/components/charts/copy-chart";

export type Secrets = "none" | "kept" | "passphrase";

export interface BackupChoice {
  readonly secrets: Secrets;
  /** Of "passphrase". */
  readonly passphrase: string;
  readonly runs: boolean;
}

export type Downloaded =
  | { readonly ok: true; readonly name: string; readonly bytes: number }
  | { readonly ok: false; readonly message: string; readonly field: string | null };

const AWAY = "Unity does not answer. Try again in a moment.";
const BROKEN = "The download broke off: nothing was saved. The log of Unity says why, if it was Unity.";
const CANCELLED = "Cancelled: nothing was saved.";

/** Asks for a backup, and hands it to the browser when all of it is there. Never throws. @param got is told how many bytes came */
export async function downloadBackup(
  { secrets, passphrase, runs }: BackupChoice,
  { signal, got }: { signal: AbortSignal; got(bytes: number): void },
): Promise<Downloaded> {
  const body = JSON.stringify({ secrets, runs, ...(secrets === "passphrase" ? { passphrase } : {}) });
  const no = (message: string, field: string | null = null) => ({ ok: false, message, field }) as const;
  const whyNot = (otherwise: string) => no(signal.aborted ? CANCELLED : otherwise);
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/api/backup", { method: "POST", headers, body, signal }).catch(() => null);
  if (!answer) return whyNot(AWAY);
  if (!answer.ok || !answer.body) {
    const said: unknown = await answer.json().catch(() => null);
    return no(textOf(said, "message") ?? `This did not work (${answer.status}).`, textOf(said, "field"));
  }
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(block, controller) {
      bytes += block.length;
      got(bytes);
      controller.enqueue(block);
    },
  });
  // As a blob, large ones lie on the disk and not in memory.
  const blob = await new Response(answer.body.pipeThrough(counted)).blob().catch(() => null);
  if (!blob) return whyNot(BROKEN);
  const name = /filename="([^"/\\]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "backup.unity";
  save(blob, name);
  return { ok: true, name, bytes };
}

function textOf(said: unknown, key: string): string | null {
  const value: unknown = typeof said === "object" && said !== null ? Reflect.get(said, key) : null;
  return typeof value === "string" && value !== "" ? value : null;
}
