import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { listPluginIds, loadPlugin } from "./registry";
import { runAgainst, type Situation } from "./test-hostile-server";

/**
 * Every plugin that speaks to an address, against addresses that are down, slow, lying or hostile: a failed run with the right reason,
 * bounded memory, and no credential for anybody else. `targets.json` says how a plugin is pointed at an address.
 */
const Targets = z.array(
  z.strictObject({
    title: z.string(),
    transport: z.enum(["tcp", "udp"]).default("tcp"),
    /** `${host}` and `${port}` are filled in. */
    config: z.record(z.string(), z.unknown()),
    /** Several targets in one instance: one that fails is said in its readings or by `partial`, and the run goes on. */
    fails: z.enum(["run", "part"]).default("run"),
    /** Situations that are no failure for this one, and why. */
    except: z.record(z.string(), z.string()).default({}),
  }),
);

const SITUATIONS: Record<Situation, readonly string[]> = {
  closed: ["unreachable"],
  silent: ["timeout"],
  html: ["parse", "protocol", "auth", "permission", "not_found", "unsupported_version", "tls"],
  endless: ["parse", "protocol", "auth", "permission", "not_found", "unsupported_version", "tls", "timeout"],
  redirect: ["parse", "protocol", "auth", "permission", "not_found", "unsupported_version", "tls", "unreachable"],
};
/** Nobody says over UDP that nobody is there, unless the system does. */
const UDP: Partial<Record<Situation, readonly string[]>> = {
  closed: ["unreachable", "timeout"],
  html: ["parse", "protocol", "timeout"],
  endless: ["parse", "protocol", "timeout"],
};
/** The largest body any plugin takes is 32 MiB; what is on its way in the system's buffers comes on top. */
const MOST_BYTES_TAKEN = 42_000_000;

const folder = fileURLToPath(new URL("../../plugins", import.meta.url));
const plugins = (
  await Promise.all((await listPluginIds(folder)).map(async (id) => ({ id, loaded: await loadPlugin(folder, id) })))
).flatMap(({ id, loaded }) => (loaded.ok ? [{ id, plugin: loaded.plugin, targets: readTargets(id) }] : []));

function readTargets(id: string): z.output<typeof Targets> | undefined {
  const file = join(folder, id, "targets.json");
  return existsSync(file) ? Targets.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

// One that is told speaks to no address: what may come at its doors is in server/http/push.
test.each(plugins.filter(({ plugin }) => plugin.kind === "network" && !plugin.receive))(
  "$id says in targets.json how it is pointed at an address",
  ({ targets }) => {
    expect(targets?.length).toBeGreaterThan(0);
  },
);

const rows = plugins.flatMap(({ id, plugin, targets = [] }) =>
  targets.flatMap((target) =>
    (Object.keys(SITUATIONS) as Situation[])
      .filter((situation) => !(target.transport === "udp" && situation === "redirect"))
      .map((situation) => ({ name: `${id}, ${target.title}: ${situation}`, plugin, target, situation })),
  ),
);

describe.concurrent("hostile targets", () => {
  test.each(rows)("$name", { timeout: 60_000 }, async ({ plugin, target, situation }) => {
    const { transport, config, fails, except } = target;
    const seen = await runAgainst(situation, { plugin, transport, config });
    expect(seen.leaked, "what another host was sent").toEqual([]);
    expect(seen.bytesTaken).toBeLessThan(MOST_BYTES_TAKEN);
    if (except[situation]) return;
    const allowed = (transport === "udp" ? UDP[situation] : undefined) ?? SITUATIONS[situation];
    if (fails === "run") expect(allowed, seen.told).toContain(seen.failure);
    else expect(seen.failure === undefined || allowed.includes(seen.failure), seen.told).toBe(true);
  });
});
