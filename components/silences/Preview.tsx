"use client";

import { TONE_OF, WORD_OF } from "@/components/alerts/severity";
import { formatZoned } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";
import type { SilenceDraft } from "./silence-draft";
import { CLOCK_WORDS, countWords, openingWords } from "./silence-words";
import type { PreviewState } from "./use-preview";
import { useViewerZone } from "./use-viewer-zone";

const NAMED = 4;

/** What it would do: which alerts now, and when. */
export function Preview({ draft, preview }: { draft: SilenceDraft; preview: PreviewState }) {
  return (
    <aside
      aria-label="What it does"
      className="flex min-w-0 flex-col gap-4 self-start rounded-xl border border-line bg-raised p-4 md:sticky md:top-0 dark:bg-surface"
    >
      <Alerts draft={draft} preview={preview} />
      <Times draft={draft} preview={preview} />
    </aside>
  );
}

function Alerts({ draft, preview: { data, error } }: { draft: SilenceDraft; preview: PreviewState }) {
  if (error) return <p className="text-sm text-bad">{error}</p>;
  if (!data) return <p className="skeleton h-10" />;
  const more = data.firing + data.pending - NAMED;
  return (
    <div role="status">
      <p className="text-sm font-semibold">
        {draft.matchers.length === 0 ? "Everything: " : ""}
        {countWords(data)} now
      </p>
      {data.alerts.length > 0 ? (
        <ul className="mt-1.5 flex flex-col gap-1">
          {data.alerts.slice(0, NAMED).map((alert) => (
            <li key={alert.id} className="flex min-w-0 items-start gap-2 text-xs">
              <StatusShape
                tone={TONE_OF[alert.severity]}
                label={WORD_OF[alert.severity]}
                size={10}
                className="mt-[3px]"
              />
              <span className="min-w-0 break-words">
                <bdi>{alert.ruleName}</bdi>
                {alert.instanceName ? (
                  <span className="text-muted">
                    {" "}
                    <bdi>{alert.instanceName}</bdi>
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {more > 0 ? <p className="mt-1 text-xs text-muted">and {more} more</p> : null}
      <p className="mt-1.5 text-xs text-pretty break-words text-muted">{instanceWords(data.instances)}</p>
    </div>
  );
}

/** What is named by rules or labels mutes parts of instances only. */
function instanceWords(names: readonly string[]): string {
  if (names.length === 0) return "";
  if (names.length <= 3) return `Everything that ${names.join(", ")} may say.`;
  return `Everything that ${names.length} instances may say.`;
}

function Times({ draft, preview: { data, isComplete } }: { draft: SilenceDraft; preview: PreviewState }) {
  const viewer = useViewerZone();
  if (!isComplete) return <p className="text-xs text-muted">Say when, and it shows here.</p>;
  if (!data || data.problem) return null;
  if (data.openings.length === 0) return <p className="text-xs text-muted">This is over already.</p>;
  const zone = draft.repeats ? draft.timeZone : viewer;
  return (
    <div>
      <p className="text-xs font-medium text-muted">
        {draft.repeats ? "Next times" : "From when until when"}, {zone}
      </p>
      <ol className="num mt-1.5 flex flex-col gap-1 text-sm">
        {data.openings.map((opening) => (
          <li key={opening.from}>
            {openingWords(opening, zone)}
            {draft.repeats && zone !== viewer ? (
              <span className="block text-xs text-muted">{formatZoned(opening.from, viewer)} here</span>
            ) : null}
            {opening.clock ? (
              <span className="block text-xs text-pretty text-warn">{CLOCK_WORDS[opening.clock]}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
