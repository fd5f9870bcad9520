import { CollectError, type ExecAnswer, printable, type Reason } from "../sdk";

export type Meaning = readonly [pattern: RegExp, reason: Reason, hint?: string];

/** What a tool that failed means, by its own words. */
export function toolFailure(tool: string, { code, stdout, stderr }: ExecAnswer, meanings: readonly Meaning[]) {
  const said = `${stderr}\n${stdout}`.trim();
  const [, reason = "protocol" as const, hint] = meanings.find(([pattern]) => pattern.test(said)) ?? [];
  const line = printable(said.split("\n").at(0)?.trim().slice(0, 200) ?? "");
  return new CollectError(reason, `${tool} ended with ${code}${line === "" ? "" : `: ${line}`}`, { hint });
}
