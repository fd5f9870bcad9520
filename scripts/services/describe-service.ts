import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { z } from "zod";
import { openService, type Service } from "./service";

const State = z.object({
  /** Why a package is not there, by name. */
  missing: z.record(z.string(), z.string()),
  /** Folders of packages that were only unpacked. */
  unpacked: z.record(z.string(), z.string()),
  rows: z.array(
    z.object({
      plugin: z.string(),
      target: z.string(),
      packages: z.array(z.string()),
      unpack: z.array(z.string()),
    }),
  ),
});

/**
 * Tests of a plugin against a service that really runs, for `plugins/<id>/services.test.ts`; for what docs/ says it is "docs". `target` is
 * its name in `services.json`. Without its packages there is one skipped test that says why.
 */
export function describeService(plugin: string, target: string, define: (service: Service) => void): void {
  describe(target, () => {
    const { reason, unpacked } = findReason(plugin, target);
    if (reason) {
      test.skip(`skipped: ${reason}`);
      return;
    }
    const { service, close } = openService(plugin, unpacked, (version) => noteVersion(`${plugin}/${target}`, version));
    afterAll(close);
    define(service);
  });
}

function findReason(plugin: string, target: string): { reason?: string; unpacked: Readonly<Record<string, string>> } {
  const file = process.env.UNITY_SERVICES;
  if (!file) return { reason: "npm run test:services runs it.", unpacked: {} };
  const { missing, unpacked, rows } = State.parse(JSON.parse(readFileSync(file, "utf8")));
  const row = rows.find((one) => one.plugin === plugin && one.target === target);
  if (!row) throw new Error(`The services.json of ${plugin} does not name ${target}.`);
  const reason = [...row.packages, ...row.unpack].map((name) => missing[name]).find((text) => text !== undefined);
  return reason === undefined ? { unpacked } : { reason, unpacked };
}

/** A file each: suites run beside each other. */
function noteVersion(key: string, version: string): void {
  const folder = process.env.UNITY_SERVICES_SEEN;
  if (folder)
    writeFileSync(join(folder, `${randomBytes(6).toString("hex")}.version.json`), JSON.stringify({ key, version }));
}
