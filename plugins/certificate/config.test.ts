import { expect, test } from "vitest";
import { z } from "zod";
import { config, listTargets } from "./config";

const problems = (given: Record<string, unknown>) => {
  const parsed = config.safeParse(given);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

test("every field has a title, and targets and files are what a person sees first", () => {
  const fields = Object.entries(z.toJSONSchema(config, { io: "input" }).properties ?? {});
  expect(fields.filter(([, field]) => typeof field !== "object" || field.title === undefined)).toEqual([]);
  const shown = fields
    .filter(([, field]) => typeof field === "object" && field.advanced !== true)
    .map(([name]) => name);
  expect(shown).toEqual(["targets", "files", "warningDays", "criticalDays"]);
});

test("shorthand and objects stand beside each other", () => {
  const parsed = config.parse({
    targets: [
      "nas.lab",
      { host: "mail.lab", protocol: "smtp" },
      { host: "10.0.0.5", serverName: "nas.lab", label: "NAS" },
    ],
  });
  expect(listTargets(parsed).map(({ label, port, protocol }) => [label, port, protocol])).toEqual([
    ["nas.lab:443", 443, "tls"],
    ["mail.lab:25", 25, "smtp"],
    ["NAS", 443, "tls"],
  ]);
});

test.each<[given: Record<string, unknown>, problem: RegExp]>([
  [{}, /^targets: Name at least one target or file/],
  [{ targets: ["gopher://x"] }, /^targets\.0: /],
  [{ targets: ["nas.lab", "https://nas.lab/"] }, /^targets\.1: There are two targets called nas\.lab:443/],
  [{ targets: [{ host: "a b" }] }, /^targets\.0/],
  [{ files: ["etc/ssl/*.pem"] }, /^files\.0: Begin it with \//],
  [{ targets: ["a"], warningDays: 5 }, /^criticalDays: /],
  [{ targets: ["a"], caPem: "not a certificate" }, /^caPem: This is no PEM certificate/],
  [{ targets: ["a"], clientKeyPem: "x" }, /^clientKeyPem: /],
])("%j is refused", (given, problem) => {
  expect(problems(given).join("\n")).toMatch(problem);
});
