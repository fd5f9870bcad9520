/** Text as firmware and files give it, made harmless for one line: no control or direction characters, not long. */
export const plain = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, 200);

/** What makers leave in their firmware instead of a name. */
const PLACEHOLDER =
  /^(to be filled by o\.?e\.?m\.?|o\.?e\.?m\.?|default( string)?|system (manufacturer|product name|version)|not (specified|applicable|available)|n\/?a|none|unknown|invalid|empty|0+|x+|\.+)$/i;

/** A name in the firmware, "" when it is only a placeholder. */
export const firmwareName = (text: string) => (PLACEHOLDER.test(plain(text)) ? "" : plain(text));

/** Reads os-release(5). */
export function parseOsRelease(text: string): { name: string; version: string; pretty: string; family: string[] } {
  const fields = new Map<string, string>();
  for (const [, key = "", quoted, bare] of text.matchAll(/^([A-Z_]{1,40})=(?:"((?:[^"\\\n]|\\.)*)"|'?([^'\n]*)'?)$/gm))
    fields.set(key, plain((quoted ?? bare ?? "").replace(/\\(.)/g, "$1")));
  const of = (key: string) => fields.get(key) ?? "";
  return {
    name: of("NAME"),
    version: of("VERSION_ID") || of("BUILD_ID"),
    pretty: of("PRETTY_NAME") || of("NAME"),
    family: `${of("ID")} ${of("ID_LIKE")}`.split(" ").filter(Boolean),
  };
}

export interface CpuFacts {
  readonly model: string;
  readonly sockets: number | undefined;
  readonly cores: number | undefined;
  readonly microcode: string;
}

/** Reads /proc/cpuinfo (proc_cpuinfo(5)). Only x86 says which threads share a core; ARM may not even say a name. */
export function parseCpuInfo(text: string): CpuFacts {
  const field = (name: string) => new RegExp(`^${name}[ \\t]*: *(.*)$`, "m").exec(text)?.[1] ?? "";
  const sockets = new Set<string>();
  const cores = new Set<string>();
  let socket = "";
  for (const [, name, id = ""] of text.matchAll(/^(physical id|core id)[ \t]*: *(\d{1,9})$/gm)) {
    // Each CPU names its socket before its core.
    if (name === "physical id") socket = id;
    else cores.add(`${socket}/${id}`);
    sockets.add(socket);
  }
  return {
    model: plain(field("model name") || field("cpu model") || field("cpu") || field("Processor")),
    sockets: sockets.size || undefined,
    cores: cores.size || undefined,
    microcode: plain(field("microcode")),
  };
}
