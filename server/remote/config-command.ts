import { readFile, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { importFrom } from "../importers/import-from";
import { IMPORT_KINDS, type ImportKind } from "../importers/import-kinds";
import { WrongUse } from "../move/command";
import type { Api } from "./connect";
import { type Paint, plain } from "./lines";

export interface ConfigParts {
  readonly api: Api;
  /** What stands behind the command. */
  readonly words: readonly string[];
  readonly out: string | undefined;
  readonly removes: boolean;
  readonly dryRun: boolean;
  readonly paint: Paint;
  tell(lines: readonly string[], facts: unknown): void;
  /** As it is, also into a pipe. */
  print(text: string): void;
}

type Report = Awaited<ReturnType<Api["config"]["import"]["mutate"]>>;

const MOST_BYTES = 2_147_483_648;
/** Passwords may be in it. */
const OWNER_ONLY = 0o600;

/** `unity config export|diff|apply`. @returns the exit code: of `diff` 1 where something differs */
export async function runConfig(parts: ConfigParts): Promise<number> {
  const [verb, ...files] = parts.words;
  if (verb === "export") return exportConfig(parts, files);
  if (verb !== "diff" && verb !== "apply") throw new WrongUse("unity config export, diff FILE... or apply FILE...");
  if (files.length === 0) throw new WrongUse(`unity config ${verb} what? It wants a file, or several.`);
  const read = await Promise.all(
    files.map(async (file) => ({ name: basename(file), yaml: await readFile(file, "utf8") })),
  );
  const dryRun = verb === "diff" || parts.dryRun;
  const report = await parts.api.config.import.mutate({ files: read, dryRun, removeMissing: parts.removes });
  parts.tell(reportLines(report, parts), report);
  return verb === "diff" && countOf(report, parts.removes) > 0 ? 1 : 0;
}

async function exportConfig({ api, out, tell, print }: ConfigParts, more: readonly string[]): Promise<number> {
  if (more.length > 0) throw new WrongUse(`"${more[0]}" is one word too many. Into a file: --out FILE.`);
  const { yaml } = await api.config.export.query({});
  if (out === undefined) print(yaml);
  else {
    await writeFile(out, yaml, { mode: OWNER_ONLY });
    tell([`${plain(out)} was written, without secrets.`], { file: out });
  }
  return 0;
}

/** `unity import-from KIND FILE`: the file is read here, and only what it becomes is sent. */
export async function runImportFrom({ api, words, dryRun, paint, tell, removes }: ConfigParts): Promise<number> {
  const [kind, file, ...more] = words;
  const known = IMPORT_KINDS.find((one): one is ImportKind => one === kind);
  if (!known) throw new WrongUse(`From what? One of ${IMPORT_KINDS.join(", ")}.`);
  if (file === undefined || more.length > 0) throw new WrongUse(`unity import-from ${known} FILE`);
  if ((await stat(file)).size > MOST_BYTES) throw new Error(`${plain(file)} is larger than 2 GB.`);
  const { yaml, lines } = await importFrom(known, { path: file, read: () => readFile(file) });
  const report = await api.config.import.mutate({ files: [{ yaml }], dryRun });
  const mapped = lines.flatMap(({ what, name, became, left }) => [
    `${paint(became.length > 0 ? "+" : "-", became.length > 0 ? "green" : "yellow")} ${plain(what)} ${plain(name)}${
      became.length > 0 ? `: ${became.map(plain).join(", ")}` : ": not mapped"
    }`,
    ...left.map((one) => paint(`    ${plain(one)}`, "grey")),
  ]);
  tell([...mapped, "", ...reportLines(report, { paint, removes })], { lines, report });
  return 0;
}

const countOf = ({ added, changed, missing }: Report, removes: boolean) =>
  added.length + changed.length + (removes ? missing.length : 0);

function reportLines(report: Report, { paint, removes }: Pick<ConfigParts, "paint" | "removes">): string[] {
  const { added, changed, missing, unchanged, notes, applied } = report;
  const count = countOf(report, removes);
  const done = applied ? "changed" : "to be changed; nothing was done yet";
  return [
    ...added.map(({ kind, name }) => `${paint("added", "green")}    ${kind} ${plain(name)}`),
    ...changed.map(
      ({ kind, name, fields }) =>
        `${paint("changed", "yellow")}  ${kind} ${plain(name)}: ${fields.map(plain).join(", ")}`,
    ),
    ...missing.map(({ kind, name }) =>
      removes
        ? `${paint("removed", "red")}  ${kind} ${plain(name)}`
        : paint(`stays    ${kind} ${plain(name)}, which is in no file`, "grey"),
    ),
    ...notes.map((note) => paint(plain(note), "yellow")),
    count === 0 ? `Nothing differs; ${unchanged} as in the files.` : `${count} ${done}, ${unchanged} as in the files.`,
  ];
}
