export interface Zone {
  readonly name: string;
  readonly active: boolean;
  /** default, ACCEPT, DROP, or %%REJECT%%. */
  readonly target: string;
  /** Services, ports, forwarded ports and rich rules. */
  readonly rules: number;
}

/** Lists within one line; each word is a rule. */
const COUNTED = new Set(["services", "ports", "protocols", "forward-ports", "source-ports"]);

/** What `firewall-cmd --list-all-zones` prints: a name, then lines with a name and a value below it. */
export function parseZones(text: string): Zone[] {
  const zones: { name: string; active: boolean; target: string; rules: number }[] = [];
  for (const line of text.split("\n")) {
    const [, name, states] = /^(\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (name !== undefined) {
      zones.push({ name, active: (states ?? "").split(", ").includes("active"), target: "default", rules: 0 });
      continue;
    }
    const zone = zones.at(-1);
    if (!zone) continue;
    const [, key = "", value = ""] = /^ {2}([\w -]+):(.*)$/.exec(line) ?? [];
    if (key === "target") zone.target = value.trim();
    else if (COUNTED.has(key)) zone.rules += value.split(" ").filter((word) => word !== "").length;
    // Rich rules and forwarded ports stand on lines of their own, further in.
    else if (/^\t(rule |port=)/.test(line)) zone.rules += 1;
  }
  return zones;
}
