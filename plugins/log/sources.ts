import { z } from "zod";

export const PRIORITIES = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"] as const;

const text = (max: number) => z.string().trim().min(1).max(max);
/** What journalctl takes as a unit or identifier; never an option. */
const filter = text(200).regex(/^[^-\s][^\0\n]*$/, "This is no name.");
const isPath = (path: string) => path.startsWith("/") && !path.includes("\0");

export const SourceObject = z
  .object({
    type: z.enum(["file", "journal"]).default("file").meta({ title: "Type" }),
    name: text(200)
      .optional()
      .meta({ title: "Name", description: "In lists and labels. Empty: the path, or journal." }),
    path: text(1_000)
      .refine(isPath, "Begin it with /, as /var/log/syslog.")
      .optional()
      .meta({ title: "Path", description: "Of a file; *, ? and ** may be used.", placeholder: "/var/log/nginx/*.log" }),
    units: z.array(filter).max(50).default([]).meta({
      title: "Units",
      description: "Of the journal: nginx.service. Empty: all.",
      placeholder: "nginx.service",
    }),
    identifiers: z.array(filter).max(50).default([]).meta({
      title: "Identifiers",
      description: "Of the journal: what programs call themselves, such as kernel.",
    }),
    priority: z.enum(PRIORITIES).optional().meta({
      title: "Priority at least",
      description: "Of the journal: err brings err, crit, alert and emerg.",
    }),
    directory: text(1_000).refine(isPath, "Begin it with /.").optional().meta({
      title: "Folder of the journal",
      description: "When it is not this machine's own: /host/var/log/journal.",
    }),
    expectEverySeconds: z.int().min(10).max(2_592_000).optional().meta({
      title: "Silent after",
      description: "Alert when no line came for so long. Empty: never.",
    }),
  })
  .superRefine(({ type, path, units, identifiers, priority, directory }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", path: [field], message });
    if (type === "file" && path === undefined) tell("path", "A file needs a path.");
    if (type === "journal" && path !== undefined) tell("path", "The journal has no path; name its folder instead.");
    const ofJournal = units.length + identifiers.length > 0 || priority !== undefined || directory !== undefined;
    if (type === "file" && ofJournal) tell("type", "Units, identifiers, priority and folder belong to a journal.");
  });

const HINT = "Write it as /var/log/syslog, journal, or journal:nginx.service.";
/** A path, or `journal`, or `journal:` and a unit. */
export const SourceText = text(1_000).refine(
  (entry) => isPath(entry) || /^journal(:[^-\s:][^\0\n]*)?$/.test(entry),
  HINT,
);

export interface FileSource {
  readonly type: "file";
  readonly name: string;
  readonly path: string;
  readonly expectEverySeconds: number | undefined;
}
export interface JournalSource {
  readonly type: "journal";
  readonly name: string;
  readonly filters: readonly string[];
  readonly directory: string | undefined;
  readonly expectEverySeconds: number | undefined;
}
export type Source = FileSource | JournalSource;

export function readSource(given: string | z.output<typeof SourceObject>): Source {
  if (typeof given === "string") {
    const [, unit] = /^journal(?::(.*))?$/s.exec(given) ?? [];
    if (given.startsWith("/")) return { type: "file", name: given, path: given, expectEverySeconds: undefined };
    const filters = unit ? [`--unit=${unit}`] : [];
    return { type: "journal", name: given, filters, directory: undefined, expectEverySeconds: undefined };
  }
  const { type, name, path = "", units, identifiers, priority, directory, expectEverySeconds } = given;
  if (type === "file") return { type, name: name ?? path, path, expectEverySeconds };
  const filters = [
    ...units.map((unit) => `--unit=${unit}`),
    ...identifiers.map((identifier) => `--identifier=${identifier}`),
    ...(priority === undefined ? [] : [`--priority=${priority}`]),
  ];
  return { type, name: name ?? ["journal", ...units].join(":"), filters, directory, expectEverySeconds };
}
