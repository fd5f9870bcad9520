import { expect, test } from "vitest";
import { z } from "zod";
import { config } from "./config";
import { readWatch } from "./watch-rule";

test.each([
  ["nginx", "nginx", "comm", "nginx", "nginx2"],
  ["systemd-resolved", "systemd-resolved", "comm", "systemd-resolve", "systemd"],
  ["web = /^(nginx|caddy)$/", "web", "comm", "caddy", "caddy2"],
  ["web = /NGINX/i", "web", "comm", "nginx", "caddy"],
  ["app = cmdline /java .*app\\.jar/", "app", "cmdline", "java -Xmx1g -jar app.jar", "java -jar other.jar"],
  ["app = cmdline -jar app.jar", "app", "cmdline", "java -jar app.jar", "java -jar b.jar"],
  ["app = cmdline /opt/app/run", "app", "cmdline", "sh /opt/app/run", "sh /opt/app"],
  ["exe /usr/sbin/nginx", "/usr/sbin/nginx", "exe", "/usr/sbin/nginx", "/opt/usr/sbin/nginx"],
  ["n = exe /\\/nginx$/", "n", "exe", "/usr/sbin/nginx", "/usr/sbin/nginx-x"],
  ["a=b", "a", "comm", "b", "a=b"],
])("%s watches %s", (entry, name, match, yes, no) => {
  const watch = readWatch(entry);
  expect(watch).toMatchObject({ name, match, min: 1, max: undefined });
  expect([watch.fits(yes), watch.fits(no)]).toEqual([true, false]);
});

const problems = (watch: unknown[]) => {
  const parsed = config.safeParse({ watch });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

test.each([
  [["nginx", "nginx"], "watch.1: There is another watch of the name nginx."],
  [["/(a/"], "watch.0: The pattern has a ( without a )."],
  [["/a/g"], "watch.0: The pattern has flags other than i, m and s: g."],
  [[{ name: "x", pattern: "/(?=a)/" }], "watch.0: The pattern looks ahead or behind; use (?: ) or ( )."],
  [[{ name: "x", pattern: "x", min: 3, max: 2 }], "watch.0: The most may not be below the least."],
  [["y".repeat(101)], "watch.0: The name is longer than 100 characters; write: short name = what to look for."],
])("%j is refused", (watch, problem) => {
  expect(problems(watch)).toEqual([problem]);
});

test("nothing must be entered, and the form draws watches as a list", () => {
  const form = z.toJSONSchema(config, { io: "input" });
  expect(form.required ?? []).toEqual([]);
  expect(problems(["nginx", { name: "db", match: "exe", pattern: "/postgres$/", min: 2, user: "postgres" }])).toEqual(
    [],
  );
});

test("no text can hold the event loop: the search is given up", () => {
  const watch = readWatch("x = cmdline /(a|aa)+.{120}b$/");
  const text = Array.from({ length: 4_096 }, (_, index) => ((index * index) % 7 < 3 ? "a" : "x")).join("");
  const startedAt = performance.now();
  try {
    watch.fits(text);
  } catch (error) {
    expect(String(error)).toContain("make the pattern simpler");
  }
  expect(performance.now() - startedAt).toBeLessThan(250);
});
