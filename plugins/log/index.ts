import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, table } from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { createJudge } from "./judge-lines";
import { metrics } from "./metrics";
import { type FilesSeen, readFiles } from "./read-files";
import { readJournalSource } from "./read-journal-source";
import { redact } from "./redact";
import { reportSource } from "./report-source";
import { createRules, type Rules } from "./rules";
import { readSource, type Source } from "./sources";
import { createState, type Sample, type SourceState } from "./state";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

export default definePlugin({
  id: "log",
  name: "Log",
  summary: "Counts patterns in log files and the systemd journal: errors, bursts of them, and silence.",
  category: "application",
  tier: 0,
  kind: "host",
  needs: ["Read access to the files (usermod -aG adm unity)", "For the journal: usermod -aG systemd-journal unity"],
  intervalSeconds: 15,
  config,
  metrics,
  alerts,
  board: [
    meter("log_errors_recent", "Errors in 5 min", { combine: "sum", warn: 50 }),
    meter("log_matches_total", "Critical", { where: { severity: "critical" }, combine: "sum" }),
    table({
      title: "Patterns",
      by: "pattern",
      columns: [
        { metric: "log_matches_total", title: "Matches" },
        { metric: "log_last_match_timestamp_seconds", title: "Last" },
      ],
    }),
    table({
      title: "Sources",
      by: "source",
      columns: [
        { metric: "log_lines_total", title: "Lines" },
        { metric: "log_last_line_timestamp_seconds", title: "Last line" },
        { metric: "log_errors_recent", title: "Errors in 5 min" },
        { metric: "log_file_bytes", title: "Size" },
        { metric: "log_lag_bytes", title: "Unread" },
      ],
    }),
    table({ title: "Values", by: "value", columns: [{ metric: "log_extracted_total", title: "Lines" }], limit: 20 }),
    chart("Matches", ["log_matches_total"]),
    chart("Errors in 5 min", ["log_errors_recent", "log_errors_burst"]),
    chart("Lines", ["log_lines_total"]),
    chart("Priorities", ["log_priority_lines_total"], { stacked: true }),
  ],
  help: {
    not_found: "Check the path. In a container, mount the host's folder and use that path.",
    permission: "Let the user Unity runs as read it: usermod -aG adm,systemd-journal unity, then restart Unity.",
    missing_tool: "The journal is read by journalctl. Where there is no systemd, name files instead.",
    timeout: "A file lies on a share whose server is gone, or the journal is on a slow disk. Read fewer lines a run.",
    protocol: "Run journalctl with the same filters by hand; journalctl --verify finds a broken journal.",
    parse: "Run journalctl -o json by hand: what it prints is not what it should be.",
  },
  discover,
  target: ({ sources }) =>
    sources
      .map((entry) => readSource(entry).name)
      .join(", ")
      .slice(0, 200),
  async collect(context, report) {
    const rules = createRules(context.config);
    const samples: Sample[] = [];
    const failures: CollectError[] = [];
    const sources = context.config.sources.map(readSource);
    for (const source of sources) {
      const failure = await collectSource(context, report, source, rules, samples);
      if (failure) failures.push(failure);
    }
    tellInventory(context, report, sources, samples);
    const [first] = failures;
    if (first && failures.length === sources.length) throw first;
    for (const { reason, message } of failures) report.partial(reason, message);
  },
});

/** @returns why the source could not be read */
async function collectSource(
  context: Context,
  report: Reported,
  source: Source,
  rules: Rules,
  samples: Sample[],
): Promise<CollectError | undefined> {
  const key = `source ${source.name}`;
  const state = context.memory.recall<SourceState>(key)?.value ?? createState(context.now);
  context.memory.keep(key, state);
  const judge = createJudge(context, rules, source.name, state, samples);
  let files: FilesSeen | undefined;
  let failure: CollectError | undefined;
  try {
    if (source.type === "journal") await readJournalSource(context, source, state, judge);
    else files = await readFiles(context, source, state, judge);
    state.missingRuns = 0;
    state.wasRead = true;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    failure = error;
  }
  const isMissing = source.type === "file" && failure?.reason === "not_found";
  if (source.type === "file" && (files || isMissing))
    report("log_file_missing", isMissing ? 1 : 0, { source: source.name });
  // Of a source that could never be read, nothing is known: not even that nothing was found.
  if (state.wasRead) reportSource(context, report, rules.patterns, source, state, files);
  if (!isMissing) return failure;
  state.missingRuns += 1;
  // Between the renaming of a log and its new file there is a moment without one.
  return state.wasRead && state.missingRuns === 1 ? undefined : failure;
}

function tellInventory(context: Context, report: Reported, sources: readonly Source[], fresh: readonly Sample[]): void {
  const { keepSamples } = context.config;
  const kept = context.memory.recall<readonly Sample[]>("samples")?.value ?? [];
  const shown = fresh.map((sample) => ({ ...sample, line: redact(sample.line) }));
  const samples = keepSamples === 0 ? [] : [...kept, ...shown].slice(-keepSamples);
  context.memory.keep("samples", samples);
  report.inventory({
    facts: { sources: sources.length },
    lists: { samples: samples.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })).reverse() },
  });
}
