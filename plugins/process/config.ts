import { z } from "zod";
import { findWatchProblem } from "./watch-rule";

const text = (max: number) => z.string().trim().min(1).max(max);

/** The bound of matching: each new process is looked at by each of them. */
const MAX_WATCHES = 50;

const WatchObject = z.object({
  name: text(100).meta({ title: "Name" }),
  match: z.enum(["comm", "exe", "cmdline"]).default("comm").meta({ title: "Looks at" }),
  pattern: text(210).meta({ title: "Name, path or /pattern/" }),
  min: z.int().min(0).max(100_000).default(1),
  max: z.int().min(0).max(100_000).optional(),
  user: text(64).optional(),
});

export const config = z
  .object({
    watch: z
      .array(z.union([text(320), WatchObject]))
      .max(MAX_WATCHES)
      .default([])
      .meta({
        title: "Watched processes",
        description:
          "A name (nginx), or a label and what to look for (app = cmdline /java .*app\\.jar/). An alert fires when none runs.",
        placeholder: "nginx",
      }),
    topN: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .meta({ title: "Top programs", description: "So many by processor and by memory." }),
    groupBy: z
      .enum(["user", "comm"])
      .default("user")
      .meta({ title: "Groups", description: "Sums for each user, or for each program (comm).", advanced: true }),
    includeCommands: z.boolean().default(false).meta({
      title: "Command lines",
      description:
        "Shows those of the largest processes. What looks like a password is hidden, but may not be all of it.",
      advanced: true,
    }),
    maxGroups: z.int().min(1).max(500).default(100).meta({ title: "Groups at most", advanced: true }),
    maxProcesses: z.int().min(100).max(50_000).default(5_000).meta({
      title: "Processes at most",
      description: "So many are looked at, the oldest first.",
      advanced: true,
    }),
    procRoot: z.string().default("/proc").meta({
      title: "Folder of proc",
      description: "Another one when Unity runs in a container: /host/proc.",
      advanced: true,
    }),
    passwdFile: z.string().default("").meta({
      title: "File of users",
      description: "Where names of users are found. Empty: that of the machine whose processes are shown.",
      placeholder: "/etc/passwd",
      advanced: true,
    }),
  })
  .superRefine(({ watch }, issues) => {
    const names = new Set<string>();
    for (const [index, entry] of watch.entries()) {
      const problem = findWatchProblem(entry, names);
      if (problem) issues.addIssue({ code: "custom", message: problem, path: ["watch", index] });
    }
  });
export type Config = z.output<typeof config>;
