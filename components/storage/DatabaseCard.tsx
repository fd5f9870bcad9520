import type { Storage, Stored } from "@/components/data/outputs";
import { formatDuration, formatExact } from "@/components/format";
import { SettingRow } from "@/components/settings/SettingRow";
import { Badge } from "@/components/ui/Badge";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";

/** Which database, where, and how quick it is. */
export function DatabaseCard({ storage: { database, processes, stored, health } }: { storage: Storage }) {
  const { timescale, version, shown, samplesShown } = database;
  return (
    <Card padding="none">
      <SettingRow name="Database" hint={<span className="break-all">{shown}</span>}>
        {version}
      </SettingRow>
      {samplesShown ? (
        <SettingRow name="Samples" hint={<span className="break-all">{samplesShown}</span>}>
          {stored.answers ? `kept ${stored.serverKeeps ?? "as the server is told"}` : "no answer"}
        </SettingRow>
      ) : null}
      {timescale ? (
        <SettingRow name="TimescaleDB" hint={timescale.advice}>
          {timescale.state === "ready" ? (
            <Badge tone="ok" shape>
              {timescale.version}
            </Badge>
          ) : (
            (TIMESCALE_WORDS[timescale.state] ?? timescale.state)
          )}
        </SettingRow>
      ) : null}
      {processes.length > 1 ? (
        <SettingRow name="Unity processes" hint="They share the work: each instance is collected by one of them.">
          {processes.map(({ host, isThis }) => (isThis ? `${host} (this one)` : host)).join(", ")}
        </SettingRow>
      ) : null}
      {stored.answers ? <Quickness stored={stored} /> : null}
      <SettingRow
        name="Waiting"
        hint={
          health.spooled > 0
            ? "The database does not take them. They lie in a file of Unity's own."
            : "Taken in, not on disk yet. A crash would lose them."
        }
      >
        <span className="inline-flex items-center gap-1.5">
          {health.failing ? <StatusShape tone="warn" label="The database does not take samples" size={10} /> : null}
          {health.pending === 1 ? "1 sample" : `${formatExact(health.pending)} samples`}
        </span>
      </SettingRow>
    </Card>
  );
}

const TIMESCALE_WORDS: Readonly<Record<string, string>> = {
  absent: "not installed",
  available: "not in this database",
  "not-preloaded": "not loaded",
  "apache-only": "Apache edition",
  "too-old": "too old",
};

function Quickness({ stored: { flushes, queries } }: { stored: Stored }) {
  return (
    <>
      <SettingRow name="Writing takes" hint={flushes ? `The last ${flushes.count} times.` : "Nothing was written yet."}>
        <Spread of={flushes} />
      </SettingRow>
      <SettingRow
        name="Answering takes"
        hint={queries ? `Charts and tables, the last ${queries.count} times.` : "Nothing was asked since it started."}
      >
        <Spread of={queries} />
      </SettingRow>
    </>
  );
}

function Spread({ of }: { of: Stored["flushes"] }) {
  if (!of) return <span className="text-muted">–</span>;
  return (
    <>
      {duration(of.p50Ms)} <span className="text-muted">· 95% within</span> {duration(of.p95Ms)}
    </>
  );
}

function duration(ms: number): string {
  const { text, unit } = formatDuration(ms / 1_000);
  return `${text} ${unit}`.trim();
}
