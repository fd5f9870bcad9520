import { Problem } from "./problem";

/** Where a page begins is the procedure's own affair: outside it is one word without a meaning. */
export const writeCursor = (cursor: unknown): string | null =>
  cursor === null || cursor === undefined ? null : Buffer.from(JSON.stringify(cursor)).toString("base64url");

/** @throws Problem for what no page gave; what it holds is for the procedure to look at */
export function readCursor(text: string): unknown {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof cursor === "object" && cursor !== null) return cursor;
  } catch {
    // It says the same as anything else that is no cursor.
  }
  throw new Problem(400, "This cursor is none that a page gave.", { field: "cursor" });
}
