/** Names of collected things as a person says them. Label values are hostile text: show them as text nodes only. */

const UNIT_WORDS =
  /_(bytes|seconds|celsius|ratio|total|hertz|rpm|volts|amperes|watts|info|per_second|timestamp)(?=_|$)/g;
const ACRONYMS = new Set(
  "cpu tcp udp arp io http tls dns mtu wal xid raid ip ipv4 ipv6 gpu api nfs ssd nvme raid oom ups id url vm".split(
    " ",
  ),
);

/**
 * "system_cpu_usage_ratio" becomes "CPU usage": without the unit and the plugin's own prefix.
 * @param pluginId whose prefix to drop; that of the system and of Unity itself always goes
 */
export function humanName(metric: string, pluginId = "system"): string {
  const bare = metric.replace(/^(unity|system)_/, "");
  const prefix = `${pluginId.split("-")[0]}_`;
  const named = bare.startsWith(prefix) ? bare.slice(prefix.length) : bare;
  const words = (named.replace(UNIT_WORDS, "") || named || metric)
    .split("_")
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Label values as a line's name: "sda · read". */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.values(labels).filter(Boolean).join(" · ");
}
