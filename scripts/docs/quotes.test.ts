import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REASONS } from "../../plugins/sdk/errors";
import { withoutFencedBlocks } from "./fenced-blocks";
import { ROOT } from "./list-pages";

const PAGE = readFileSync(join(ROOT, "docs/troubleshooting.md"), "utf8");
const ROOMS = ["app", "components", "server", "plugins", "scripts/start"];

/** What that page says that Unity says, in the pieces between what differs. */
function readQuotes(markdown: string): string[] {
  const text = withoutFencedBlocks(markdown)
    .replace(/`[^`]*`/g, "``")
    .replace(/\s+/g, " ");
  const quotes = [...text.matchAll(/(?<![\w_])_([^_]+)_(?![\w_])/g)].map(([, quote = ""]) => quote);
  return quotes.flatMap((quote) => quote.split("…")).filter((piece) => /\w{2}/.test(piece));
}

/** Everything that is said, on one line: a sentence may go on in the next string. */
function readSources(): string {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|mjs)$/.test(name) && !/(\.test\.|(^|\/)test-)/.test(name))
      .map((name) => readFileSync(join(ROOT, room, name), "utf8")),
  );
  return files
    .join("\n")
    .replace(/["`] \+\s+["`]/g, "")
    .replace(/\s+/g, " ");
}

test("what docs/troubleshooting.md quotes is said somewhere", () => {
  const sources = readSources();
  const quotes = readQuotes(PAGE);
  expect(quotes.length).toBeGreaterThan(40);
  // The way to a page is written with signs between its names.
  const said = (piece: string) => piece.split(" › ").every((part) => sources.includes(part.trim()));
  expect(quotes.filter((quote) => !said(quote))).toEqual([]);
});

test("it has every reason that a run can fail for, and no other", () => {
  const rows = PAGE.slice(PAGE.indexOf("| reason")).split("\n\n", 1)[0] ?? "";
  const named = rows.split("\n").flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)]);
  expect(named.map(([, name]) => name).sort()).toEqual([...REASONS].sort());
});

test("quotes are cut where they differ, and code is none", () => {
  expect(readQuotes("_Port … is in use_ `_no_` a_b_c _one\ntwo_")).toEqual(["Port ", " is in use", "one two"]);
});
