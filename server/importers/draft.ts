import type { ConfigFile, InstanceEntry } from "../configuration/shapes";

/** What became of a thing of another program. */
export interface MappedLine {
  /** As that program calls it: "monitor", "endpoint", "alert". */
  readonly what: string;
  readonly name: string;
  /** What it becomes here, in words: "Web service NAS". Nothing: it was not mapped. */
  readonly became: readonly string[];
  /** What of it was not mapped, and why or what to do. For people; hostile text. */
  readonly left: readonly string[];
}

/** A configuration of another program as one of Unity. */
export interface Mapped {
  readonly file: ConfigFile;
  readonly lines: readonly MappedLine[];
}

export type InstanceDraft = Pick<InstanceEntry, "plugin" | "name" | "config"> & Partial<Omit<InstanceEntry, "id">>;
type Channel = NonNullable<ConfigFile["channels"]>[number];
type Rule = NonNullable<ConfigFile["rules"]>[number];

const MOST_NAME = 100;
const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 7 * 86_400;
const MOST_TAGS = 20;
const MOST_TAG = 60;

/** Gathers what a mapping makes, with names that are free, and what it could not make. */
export function createDraft() {
  const taken = new Set<string>();
  const instances: InstanceEntry[] = [];
  const channels: Channel[] = [];
  const rules: Rule[] = [];
  const lines: MappedLine[] = [];

  function free(kind: string, wanted: string): string {
    const plain = wanted.trim().slice(0, MOST_NAME).trim() || "Without a name";
    for (let count = 1; ; count++) {
      const end = count === 1 ? "" : ` (${count})`;
      const name = `${plain.slice(0, MOST_NAME - end.length)}${end}`;
      const key = `${kind} ${name.toLowerCase()}`;
      if (taken.has(key)) continue;
      taken.add(key);
      return name;
    }
  }

  return {
    /** @returns what it is called in a report */
    instance({ plugin, name, tags = [], intervalSeconds, ...rest }: InstanceDraft, title: string): string {
      const called = free(plugin, name);
      const every =
        intervalSeconds && Math.round(Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, intervalSeconds)));
      const short = tags.map((tag) => tag.trim().slice(0, MOST_TAG).trim()).filter(Boolean);
      instances.push({
        enabled: true,
        ...rest,
        ...{ plugin, name: called, tags: [...new Set(short)].slice(0, MOST_TAGS) },
        ...(every ? { intervalSeconds: every } : {}),
      });
      return `${title} "${called}"`;
    },
    channel(channel: Channel, title: string): string {
      const name = free("channel", channel.name);
      channels.push({ ...channel, name });
      return `Channel "${name}" (${title})`;
    },
    rule(rule: Rule): string {
      const name = free("rule", rule.name);
      rules.push({ ...rule, name });
      return `Rule "${name}"`;
    },
    line: (line: MappedLine) => void lines.push(line),
    done: (): Mapped => ({
      file: {
        ...(instances.length > 0 ? { instances } : {}),
        ...(channels.length > 0 ? { channels } : {}),
        ...(rules.length > 0 ? { rules } : {}),
      },
      lines,
    }),
  };
}
export type Draft = ReturnType<typeof createDraft>;

/** Without what is not set. */
export const filled = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );

/** Of a host and a port, as an address. */
export const tcpAddress = (host: string, port: number | string) =>
  `tcp://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
