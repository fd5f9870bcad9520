/** What ends a name for a unit of UCUM, and what its values are multiplied by to be in the base unit. */
const UNITS: Readonly<Record<string, readonly [suffix: string, factor: number]>> = {
  s: ["seconds", 1],
  ms: ["seconds", 1e-3],
  us: ["seconds", 1e-6],
  ns: ["seconds", 1e-9],
  min: ["seconds", 60],
  h: ["seconds", 3_600],
  d: ["seconds", 86_400],
  By: ["bytes", 1],
  KiBy: ["bytes", 1_024],
  MiBy: ["bytes", 1_048_576],
  GiBy: ["bytes", 1_073_741_824],
  kBy: ["bytes", 1e3],
  MBy: ["bytes", 1e6],
  GBy: ["bytes", 1e9],
  "By/s": ["bytes_per_second", 1],
  "bit/s": ["bits_per_second", 1],
  "%": ["ratio", 0.01],
  Cel: ["celsius", 1],
  Hz: ["hertz", 1],
  MHz: ["hertz", 1e6],
  V: ["volts", 1],
  A: ["amperes", 1],
  W: ["watts", 1],
  J: ["joules", 1],
};

const RATIO = ["ratio", 1] as const;
const NONE = ["", 1] as const;

/** A metric of OpenTelemetry under a name that says its unit, as names in Unity do. */
export function nameOtlp(name: string, unit: string): { readonly name: string; readonly factor: number } {
  const clean = name.replaceAll(/[^a-zA-Z0-9_:]+/g, "_");
  // Shares of one are called so, whatever else has no unit is a number.
  const [suffix, factor] = unit === "1" && clean.endsWith("utilization") ? RATIO : (UNITS[unit] ?? NONE);
  if (suffix === "" || clean.endsWith(`_${suffix}`)) return { name: clean, factor };
  // The unit stands before what says that it is a total.
  const base = clean.replace(/_total$/, "");
  return { name: `${base}_${suffix}${base === clean ? "" : "_total"}`, factor };
}
