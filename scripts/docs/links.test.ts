import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { withoutFencedBlocks } from "./fenced-blocks";
import { listPages, ROOT } from "./list-pages";

interface Link {
  readonly target: string;
  readonly line: number;
}

/** Of a text in Markdown: links, pictures, definitions of references, and what HTML in it points to. */
function readLinks(markdown: string): Link[] {
  return withoutFencedBlocks(markdown)
    .split("\n")
    .flatMap((text, index) => {
      const line = text.replace(/`[^`]*`/g, "``");
      const found = [
        ...line.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g),
        ...line.matchAll(/^\s*\[[^\]]+\]:\s+(\S+)/g),
        ...line.matchAll(/\b(?:href|src)="([^"]+)"/g),
      ];
      return found.map(([, target = ""]) => ({ target, line: index + 1 }));
    });
}

/** What headings are called in an address, as GitHub does it. */
function readAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, , heading = ""] of withoutFencedBlocks(markdown).matchAll(/^(#{1,6})\s+(.+?)\s*#*$/gm)) {
    const slug = slugOf(heading);
    let name = slug;
    for (let more = 1; anchors.has(name); more += 1) name = `${slug}-${more}`;
    anchors.add(name);
  }
  return anchors;
}

const slugOf = (heading: string) =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(^|\s)[_*]+([^_*]+)[_*]+(?=\s|$|[.,:])/g, "$1$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");

function whatIsWrong(page: string, { target, line }: Link): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const where = `${page}:${line}: ${target}`;
  const [path = "", anchor] = target.split("#", 2);
  const file = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), decodeURIComponent(path));
  if (target.startsWith("/") || relative(ROOT, file).startsWith("..")) return `${where} leads out of the repository`;
  if (!existsSync(file)) return `${where} is not there`;
  if (anchor === undefined) return undefined;
  if (statSync(file).isDirectory() || !file.endsWith(".md")) return `${where} is no page with headings`;
  return readAnchors(readFileSync(file, "utf8")).has(anchor) ? undefined : `${where}: no heading is called that`;
}

test("every link of the docs that leads to this repository leads to something", () => {
  const links = listPages().flatMap((page) =>
    readLinks(readFileSync(join(ROOT, page), "utf8")).map((link) => ({ page, link })),
  );
  // Where it finds none it would find nothing wrong either.
  expect(links.length).toBeGreaterThan(100);
  expect(links.map(({ page, link }) => whatIsWrong(page, link)).filter(Boolean)).toEqual([]);
});

test("links are found wherever they stand, and not in code", () => {
  const text = '[a](one.md) ![b](two.png "three") `[c](no.md)`\n```sh\n[d](no.md)\n```\n[e]: four.md\n<a href="#five">';
  expect(readLinks(text)).toEqual([
    { target: "one.md", line: 1 },
    { target: "two.png", line: 1 },
    { target: "four.md", line: 5 },
    { target: "#five", line: 6 },
  ]);
});

test("headings are called as GitHub calls them", () => {
  const text = "# Who's `UNITY_DATA`?\n## In *a* [container](x.md)\n```sh\n# no heading\n```\n## A & B\n## A & B\n";
  expect([...readAnchors(text)]).toEqual(["whos-unity_data", "in-a-container", "a--b", "a--b-1"]);
});

test.each([
  ["README.md", "docs/nowhere.md"],
  ["README.md", "#nowhere"],
  ["docs/backup.md", "moving.md#nowhere"],
  ["docs/backup.md", "../../elsewhere.md"],
  ["docs/backup.md", "/docs/backup.md"],
  ["docs/backup.md", "examples#nowhere"],
])("in %s, a link to %s is wrong", (page, target) => {
  expect(whatIsWrong(page, { target, line: 1 })).toContain(target);
});
