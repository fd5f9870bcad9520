import { z } from "zod";
import { ENCODINGS } from "../sdk";
import { DEFAULT_PATTERNS, PatternSetting, regex } from "./patterns";
import { readSource, SourceObject, SourceText } from "./sources";

const MAX_SOURCES = 50;

export const config = z
  .object({
    sources: z
      .array(z.union([SourceText, SourceObject]))
      .max(MAX_SOURCES)
      .default([])
      .meta({
        title: "Sources",
        description: "Files, patterns of files, or the systemd journal: all of it, or of one unit.",
        placeholder: "/var/log/syslog",
      }),
    patterns: z.array(PatternSetting).max(50).default([]).meta({ title: "Patterns" }),
    exclude: z.array(regex()).max(50).default([]).meta({
      title: "Ignored lines",
      description: "Regular expressions. A line that has one of them matches nothing.",
    }),
    defaultPatterns: z.boolean().default(true).meta({
      title: "Usual patterns",
      description: "Errors, out of memory, full and broken disks, expired certificates, refused connections and more.",
    }),
    multilineStart: regex().optional().meta({
      title: "A new entry begins with",
      description: "Lines without it belong to the entry before, as those of a stack trace. Empty: each line is one.",
      placeholder: "^\\d{4}-\\d\\d-\\d\\d",
      advanced: true,
    }),
    jsonField: z.string().trim().min(1).max(200).optional().meta({
      title: "Field of JSON lines",
      description: "Patterns are held against this field, such as level or log.message. Other lines are taken whole.",
      advanced: true,
    }),
    encoding: z.enum(ENCODINGS).default("utf-8").meta({ title: "Encoding of files", advanced: true }),
    startAt: z.enum(["end", "beginning"]).default("end").meta({
      title: "Begin at",
      description: "When Unity has just started. The end: what was written before is not read.",
      advanced: true,
    }),
    maxLinesPerCheck: z.int().min(100).max(100_000).default(10_000).meta({
      title: "Lines a run",
      description: "Of each source. What is left waits for the next run.",
      advanced: true,
    }),
    maxLineBytes: z.int().min(256).max(65_536).default(16_384).meta({
      title: "Length of a line",
      description: "Bytes. Longer lines are cut there.",
      advanced: true,
    }),
    keepSamples: z.int().min(0).max(100).default(20).meta({
      title: "Samples",
      description: "The last matching lines are shown, without what looks like a secret.",
      advanced: true,
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Files of a pattern at most", advanced: true }),
  })
  .superRefine((given, issues) => {
    const tell = (path: PropertyKey[], message: string) => issues.addIssue({ code: "custom", message, path });
    if (given.sources.length === 0) tell(["sources"], "Name at least one file, or the journal.");
    const names = new Set<string>();
    for (const [index, entry] of given.sources.entries()) {
      const { name } = readSource(entry);
      if (names.has(name)) tell(["sources", index], `There are two sources called ${name}. Give one a name.`);
      names.add(name);
    }
    const patterns = new Set(given.defaultPatterns ? DEFAULT_PATTERNS.map(({ name }) => name) : []);
    for (const [index, { name }] of given.patterns.entries()) {
      if (patterns.has(name)) tell(["patterns", index, "name"], `There are two patterns called ${name}.`);
      patterns.add(name);
    }
    if (given.patterns.length === 0 && !given.defaultPatterns)
      tell(["patterns"], "Name at least one pattern, or switch the usual ones on.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
