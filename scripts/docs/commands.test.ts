import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "../../server/env";
import { readFencedBlocks } from "./fenced-blocks";
import { listPages, ROOT } from "./list-pages";

const HERE = "scripts/docs/commands.services.test.ts";
/** All of its blocks, one after another. */
const API = "scripts/docs/api-client.test.ts";
const CONFIG = "server/remote/config-command.test.ts";
const CONTAINER = "e2e/container/container.test.ts";

/** Which test runs the commands of a block, by its page and first line. Others say in their page why they are not run. */
const RUN_BY: Readonly<Record<string, string>> = {
  "README.md: npm test": ".ci/run",
  "docs/accounts.md: npm run unity -- people list": HERE,
  'docs/api.md: curl -fsS -H "Authorization: Bearer $UNITY_TOKEN" "$UNITY_URL/api/v1/instances"': API,
  'docs/api.md: curl -fsS -H "Authorization: Bearer $UNITY_TOKEN" "$UNITY_URL/api/v1/alerts"': API,
  "docs/api.md: curl -fsS -X POST": API,
  "docs/api.md: id=$(curl": API,
  'docs/api.md: curl -fsS -H "Authorization: Bearer $UNITY_TOKEN" "$UNITY_URL/api/v1/audit': API,
  "docs/api.md: curl -sS -H": API,
  "docs/assistants.md: UNITY_URL=http://unity.lan:3000 npm run": HERE,
  "docs/backup.md: npm run backup -- /mnt/nas/unity.unity": HERE,
  "docs/backup.md: curl -fOJ": HERE,
  "docs/configuration.md: DATABASE_URL=postgres://unity:secret@nas/unity npm run db:init":
    "server/db-command.stores.test.ts",
  "docs/importing.md: npm run unity -- import-from uptime-kuma": CONFIG,
  "docs/install.md: docker compose up -d": CONTAINER,
  // Its configuration only: the images of the profile are not to be had there.
  "docs/install.md: cp docs/examples/full.env .env": CONTAINER,
  "docs/moving.md: npm run unity -- export home.unity": HERE,
  // With a server of the test's own.
  "docs/postgresql.md: export DATABASE_URL": "scripts/docs/postgresql.stores.test.ts",
  "docs/releases.md: npm run package": "e2e/package/package.test.ts",
  "docs/push.md: curl -fsS": HERE,
  "docs/provisioning.md: npm run unity -- config diff": CONFIG,
  "docs/secrets.md: npm run unity -- secrets status": HERE,
  "docs/tokens.md: curl -H": HERE,
  "docs/troubleshooting.md: npm run unity -- people list": HERE,
  "docs/victoriametrics.md: npm run unity -- export home.unity": "server/move/move-victoriametrics.stores.test.ts",
};
/** It wants root, systemd and a machine of its own. */
const NOT_RUN: readonly string[] = ["docs/install.md: useradd --system"];

const PAGES = listPages().filter((page) => page === "README.md" || /^docs\/[^/]+\.md$/.test(page));
const BLOCKS = PAGES.flatMap((page) =>
  readFencedBlocks(readFileSync(join(ROOT, page), "utf8")).map((block) => ({
    ...block,
    where: `${page}:${block.line}`,
    named: `${page}: ${block.text.trimStart()}`,
  })),
);
const MARK = /^<!-- not run: \S.* -->$/;
/** Nothing but variables to set: what comes of them is looked at below. */
const SETTING = /^([A-Z][A-Z_]*)=(.*?)(?:\s+#.*)?$/;

const isSettings = (text: string) =>
  text
    .trim()
    .split("\n")
    .every((line) => SETTING.test(line) && !/ npm /.test(line));
const begins = (start: string) => BLOCKS.filter(({ named }) => named.startsWith(start));

test("every command of the docs is run by a test, or says why it is not", () => {
  const commands = BLOCKS.filter(({ language, text }) => language === "sh" && !isSettings(text));
  expect(commands.length).toBeGreaterThan(15);
  const starts = [...Object.keys(RUN_BY), ...NOT_RUN];
  const open = commands.filter(({ named, above }) => !MARK.test(above) && !starts.some((one) => named.startsWith(one)));
  expect(open.map(({ where }) => where)).toEqual([]);
});

test("each that is said to be run is in its page once, unmarked, and its test is there", () => {
  const starts = [...Object.keys(RUN_BY), ...NOT_RUN];
  expect(starts.filter((one) => begins(one).length !== 1)).toEqual([]);
  expect(starts.flatMap(begins).filter(({ above }) => MARK.test(above))).toEqual([]);
  expect(Object.values(RUN_BY).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test("no other language hides commands", () => {
  const others = BLOCKS.filter(({ language }) => language !== "sh");
  const hiding = others.filter(({ text }) => /^(\$ )?(npm|npx|node|docker|curl|sudo|git|systemctl) /m.test(text));
  expect(hiding.map(({ where }) => where)).toEqual([]);
});

test("variables that a page sets are taken by Unity together", () => {
  for (const page of PAGES) {
    const texts = BLOCKS.filter(({ named, language, text }) => {
      return named.startsWith(`${page}: `) && language === "sh" && isSettings(text);
    });
    const lines = texts.flatMap(({ text }) => text.trim().split("\n"));
    const set = Object.fromEntries(
      lines.map((line) => SETTING.exec(line) ?? []).map(([, name = "", value]) => [name, value]),
    );
    expect(() => readEnv(set), page).not.toThrow();
  }
  expect(BLOCKS.filter(({ language, text }) => language === "sh" && isSettings(text)).length).toBeGreaterThan(2);
});
