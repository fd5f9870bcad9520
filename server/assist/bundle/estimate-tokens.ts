/**
 * How many tokens a text comes to, without a model's own table: words one a five letters, digits one a three, other signs one for two that stand
 * together, a sign beyond ASCII as many as it has bytes, and a line's end one. A bundle comes to about three quarters of that in the tables
 * of today's models (docs/assistants.md), so that what fits here fits there. The tokens of two lines together are those of each, and one.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|[0-9]+|\n|[!-/:-@[-`{-~]+|[^\s!-~]/gu)) tokens += costOf(piece);
  return tokens;
}

function costOf(piece: string): number {
  const code = piece.codePointAt(0) ?? 0;
  if (code > 127) return code > 0xffff ? 4 : code > 0x7ff ? 3 : 2;
  if (piece === "\n") return 1;
  if (/[A-Za-z]/.test(piece)) return Math.ceil(piece.length / 5);
  return Math.ceil(piece.length / (/[0-9]/.test(piece) ? 3 : 2));
}
