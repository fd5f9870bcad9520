import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pushSnippets } from "./push-snippets";

test.each(pushSnippets("http://unity.lan:3000"))("docs/push.md has the same for $program", ({ text, file }) => {
  const page = readFileSync("docs/push.md", "utf8");
  expect(page).toContain(text);
  expect(page).toContain(`\`${file}\``);
});

test("address and token stand where they belong", () => {
  for (const { text } of pushSnippets("https://unity.example", "unity_abc"))
    expect(text).toMatch(/https:\/\/unity\.example[\s\S]*unity_abc/);
});
