import type { InstanceSummary } from "./outputs";

type Plugin = readonly [id: string, name: string, category: InstanceSummary["category"]];
type Row = readonly [
  id: string,
  plugin: number,
  name: string,
  host: string,
  target: string,
  /** What is in maintenance is enabled. */
  enabled: 0 | 1 | NonNullable<InstanceSummary["maintenance"]>,
  intervalSeconds: number,
  tags: string[],
  health: InstanceSummary["status"]["health"],
  since: number,
  lastRunAt: number | null,
  lastSuccessAt: number | null,
  consecutiveErrors: number,
  ...told: [] | [reason: string | null, message: string | null, hint: string | null],
];

/**
 * A list of instances as one text, for the way from the server's page to its own script. As objects, hundreds of them are most of
 * what a page weighs, and React takes each field in its hands on both sides.
 */
export function packInstances(instances: readonly InstanceSummary[]): string {
  const plugins = new Map<string, { index: number; plugin: Plugin }>();
  const rows = instances.map((instance): Row => {
    const { id, name, host, target, enabled, intervalSeconds, tags, maintenance, status } = instance;
    const key = `${instance.plugin}\n${instance.pluginName}\n${instance.category}`;
    const known = plugins.get(key) ?? {
      index: plugins.size,
      plugin: [instance.plugin, instance.pluginName, instance.category],
    };
    plugins.set(key, known);
    const { health, since, lastRunAt, lastSuccessAt, consecutiveErrors, reason, message, hint } = status;
    const said = reason !== null || message !== null || hint !== null;
    return [
      id,
      known.index,
      name,
      host,
      target,
      enabled ? (maintenance ?? 1) : 0,
      intervalSeconds,
      tags,
      health,
      since,
      lastRunAt,
      lastSuccessAt,
      consecutiveErrors,
      ...(said ? ([reason, message, hint] as const) : ([] as const)),
    ];
  });
  return JSON.stringify({ plugins: [...plugins.values()].map(({ plugin }) => plugin), rows });
}

/** @param packed what `packInstances` of the same Unity made */
export function unpackInstances(packed: string): InstanceSummary[] {
  const { plugins, rows } = JSON.parse(packed) as { plugins: readonly Plugin[]; rows: readonly Row[] };
  return rows.map((row) => {
    const [id, index, name, host, target, enabled, intervalSeconds, tags, ...status] = row;
    const [health, since, lastRunAt, lastSuccessAt, consecutiveErrors, reason = null, message = null, hint = null] =
      status;
    const [plugin = "", pluginName = "", category = "system"] = plugins[index] ?? [];
    return {
      id,
      plugin,
      pluginName,
      category,
      name,
      host,
      target,
      enabled: enabled !== 0,
      maintenance: typeof enabled === "object" ? enabled : null,
      intervalSeconds,
      tags,
      status: {
        instanceId: id,
        health,
        since,
        lastRunAt,
        lastSuccessAt,
        // As the procedure gave it.
        reason: reason as InstanceSummary["status"]["reason"],
        message,
        hint,
        consecutiveErrors,
      },
    };
  });
}
