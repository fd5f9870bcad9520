import { writeFile } from "node:fs/promises";
import { errorCode } from "../../plugins/sdk/errors";
import { WrongUse } from "../move/command";
import type { Api } from "./connect";
import { plain } from "./lines";

type Bundle = Awaited<ReturnType<Api["assist"]["bundle"]["query"]>>;

/** What `unity bundle` is told. */
export interface BundleOptions {
  readonly budget?: string | undefined;
  readonly pseudonyms?: boolean | undefined;
  readonly jsonl?: boolean | undefined;
}

/** @param window.ms how long a time before now @throws WrongUse */
export function bundleTerms(
  { budget = "32000", pseudonyms = false, jsonl = false }: BundleOptions,
  { now, ms }: { now: number; ms: number },
) {
  if (!["8000", "32000", "128000"].includes(budget))
    throw new WrongUse("How many tokens? --budget 8000, 32000 or 128000.");
  const to = Math.floor(now / 60_000) * 60_000;
  return {
    ...{ from: to - ms, to, budget: Number(budget) },
    names: pseudonyms ? ("pseudonyms" as const) : ("real" as const),
    format: jsonl ? ("jsonl" as const) : ("markdown" as const),
  };
}

/** For nobody but who made it; one that is there is not written over. @returns a line for people */
export async function saveBundle(file: string, { text, tokens, sections }: Bundle): Promise<string> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw new Error(`There is a ${plain(file)} already. Name another file.`);
    throw error;
  }
  const leftOut = sections.reduce((sum, one) => sum + one.leftOut, 0);
  return `${plain(file)} has ${tokens} tokens${leftOut > 0 ? `; ${leftOut} lines were left out` : ", and nothing was left out"}.`;
}
