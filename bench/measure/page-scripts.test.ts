import { expect, test } from "vitest";
import { listScripts } from "./page-scripts";

test("counts each script of a page once, preloads with them, and no script for browsers of the past", () => {
  const html = `<link rel="preload" as="script" href="/_next/static/chunks/a.js?v=1"/><link rel="stylesheet" href="/_next/static/x.css"/>
    <script src="/_next/static/chunks/a.js" async=""></script><script src="/_next/static/chunks/b.js" async=""></script>
    <script src="/_next/static/chunks/old.js" noModule=""></script><script>inline()</script>`;
  expect(listScripts(html)).toEqual(["/_next/static/chunks/a.js", "/_next/static/chunks/b.js"]);
});
