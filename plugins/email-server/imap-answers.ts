/** `* STATUS INBOX (MESSAGES 3 UNSEEN 1)` (RFC 3501, 7.2.4). */
export function readStatus(lines: readonly string[]): { messages: number | undefined; unseen: number | undefined } {
  const inner = innerOf(lines, /^\* STATUS /i);
  return { messages: numberAfter(inner, "MESSAGES"), unseen: numberAfter(inner, "UNSEEN") };
}

/** `* QUOTA "User quota" (STORAGE 10 512)`, in KiB (RFC 9208): how full the fullest is; undefined without a limit. */
export function readQuota(lines: readonly string[]): number | undefined {
  const ratios = lines
    .filter((line) => /^\* QUOTA /i.test(line))
    .flatMap((line) => [...line.matchAll(/\bSTORAGE (\d+) (\d+)/gi)])
    .filter(([, , limit]) => Number(limit) > 0)
    .map(([, used, limit]) => Number(used) / Number(limit));
  return ratios.length > 0 ? Math.max(...ratios) : undefined;
}

/** `* SEARCH 4 7` */
export const readSearch = (lines: readonly string[]): number[] =>
  lines.flatMap((line) => (/^\* SEARCH([ \d]*)$/i.exec(line)?.[1] ?? "").split(" ").filter(Boolean).map(Number));

/** `* 1 FETCH (UID 4 INTERNALDATE "17-Jul-2026 02:44:25 +0000")`: epoch milliseconds, whole seconds. */
export function readArrival(lines: readonly string[]): number | undefined {
  for (const line of lines) {
    const date = Date.parse(/INTERNALDATE "\s*([^"]+)"/i.exec(line)?.[1] ?? "");
    if (Number.isFinite(date)) return date;
  }
  return undefined;
}

/** What stands in the last brackets: names before them may have brackets as well. */
const innerOf = (lines: readonly string[], kind: RegExp) =>
  /\(([^()]*)\)\s*$/.exec(lines.find((line) => kind.test(line)) ?? "")?.[1] ?? "";

function numberAfter(inner: string, word: string): number | undefined {
  const [, number] = new RegExp(`\\b${word} (\\d+)`, "i").exec(inner) ?? [];
  return number === undefined ? undefined : Number(number);
}
