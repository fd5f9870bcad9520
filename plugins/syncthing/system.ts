import { type Report, readPart, toLabel } from "../sdk";
import type { Ask, Context } from "./api";
import type { metrics } from "./metrics";
import { Errors, System, Version } from "./parse";

type Reported = Report<typeof metrics>;

/** Many more are a mistake. */
const MAX_ADDRESSES = 50;

/** Syncthing itself. @returns its own device id, which is in every list as well */
export async function readSystem(context: Context, ask: Ask, report: Reported) {
  const system = await ask(System, "/rest/system/status");
  const version = await ask(Version, "/rest/system/version");
  report("syncthing_info", 1, { version: toLabel(version.version), id: toLabel(system.myID) });
  if (system.uptime !== undefined) report("syncthing_uptime_seconds", system.uptime);
  const memory = system.sys ?? system.alloc;
  if (memory !== undefined) report("syncthing_memory_bytes", memory);

  for (const [listener, { error }] of firstOf(system.connectionServiceStatus ?? {}))
    report("syncthing_listener_ok", error ? 0 : 1, { listener });
  const methods = system.discoveryStatus ?? failing(system.discoveryErrors ?? {});
  for (const [method, { error }] of firstOf(methods)) report("syncthing_discovery_ok", error ? 0 : 1, { method });

  const told = await readPart(context, report, () => ask(Errors, "/rest/system/error"));
  if (told) report("syncthing_errors", told.errors?.length ?? 0);
  return {
    ownId: system.myID,
    facts: { version: toLabel(version.version), os: toLabel(version.os), arch: toLabel(version.arch) },
  };
}

type Faults = Readonly<Record<string, { readonly error?: string | null | undefined }>>;

const failing = (errors: Readonly<Record<string, string>>): Faults =>
  Object.fromEntries(Object.entries(errors).map(([method, error]) => [method, { error }]));

/** As labels, each once. */
const firstOf = (faults: Faults) =>
  new Map(
    Object.entries(faults)
      .slice(0, MAX_ADDRESSES)
      .map(([name, fault]) => [toLabel(name), fault]),
  );
