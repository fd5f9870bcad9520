import { afterAll, beforeAll, expect, test } from "vitest";
import { type Copy, copyRepository } from "./check/test-copy";

const TIMEOUT_MS = 120_000;
let copy: Copy;

beforeAll(async () => {
  copy = await copyRepository();
}, TIMEOUT_MS);
afterAll(() => copy.remove());

interface Planted {
  readonly what: string;
  readonly check: string;
  readonly file: string;
  readonly text: string;
  readonly says: RegExp;
}

/** Layers have a test of their own. */
const PLANTED: readonly Planted[] = [
  {
    what: "a dead export",
    check: "dead-code",
    file: "server/errors.ts",
    text: "\nexport const plantedExport = 1;\n",
    says: /plantedExport\s+server\/errors\.ts/,
  },
  {
    what: "a dead file",
    check: "dead-code",
    file: "server/planted.ts",
    text: "export const planted = 1;\n",
    says: /Unused files(.|\n)*server\/planted\.ts/,
  },
  {
    what: "an any",
    check: "style",
    file: "server/planted.ts",
    text: "export const planted = (value: any) => value;\n",
    says: /server\/planted\.ts:1:\d+ lint\/suspicious\/noExplicitAny/,
  },
  {
    what: "a plugin that calls the global fetch",
    check: "style",
    file: "plugins/disk/planted.ts",
    text: 'export const planted = () => fetch("http://nas.lab");\n',
    says: /plugins\/disk\/planted\.ts:1:\d+ lint\/style\/noRestrictedGlobals/,
  },
  {
    what: "a type error",
    check: "types",
    file: "server/planted.ts",
    text: 'export const planted: number = "one";\n',
    says: /server\/planted\.ts\(1,14\): error TS2322/,
  },
  {
    what: "a long file",
    check: "long-files",
    file: "server/planted.ts",
    text: "export {};\n".repeat(301),
    says: /server\/planted\.ts has 301 lines/,
  },
  {
    what: "a download address",
    check: "lock-file",
    file: "package-lock.json",
    text: '"resolved": "https://packages.example/a.tgz"\n',
    says: /package-lock\.json:\d+ holds a download address/,
  },
];

test.each(PLANTED)(
  "$check fails on $what, and names it",
  async ({ check, file, text, says }) => {
    const undo = await copy.plant({ [file]: text });
    try {
      const { code, output } = await copy.check(check);
      expect(output).toMatch(says);
      expect(code).toBe(1);
    } finally {
      await undo();
    }
  },
  TIMEOUT_MS,
);
