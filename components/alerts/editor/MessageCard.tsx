"use client";

import { SwitchField } from "@/components/form/SwitchField";
import { Card, CardTitle } from "@/components/ui/Card";
import { TextArea } from "@/components/ui/TextArea";
import { TextField } from "@/components/ui/TextField";
import type { RuleForm, RuleProblems } from "./rule-form";

interface Props {
  readonly form: RuleForm;
  readonly problems: RuleProblems;
  readonly suggested: { readonly name: string; readonly summary: string };
  /** What can stand in the summary: "instance", "value", "mount". */
  readonly places: readonly string[];
  /** The summary as it would be said now. */
  readonly said: string;
  change(part: Partial<RuleForm>): void;
}

/** What it is called, and what it says. */
export function MessageCard({ form, problems, suggested, places, said, change }: Props) {
  return (
    <Card>
      <CardTitle>What it says</CardTitle>
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          hasDefault
          maxLength={191}
          error={problems.name ?? null}
          value={form.name}
          placeholder={suggested.name}
          onChange={(name) => change({ name })}
        />
        <div>
          <TextField
            label="Summary"
            hasDefault
            maxLength={1_000}
            error={problems.summary ?? null}
            value={form.summary}
            placeholder={suggested.summary}
            onChange={(summary) => change({ summary })}
          />
          <p className="mt-1.5 flex flex-wrap items-center gap-1 text-xs text-muted">
            Put in:
            {places.map((place) => (
              <button
                key={place}
                type="button"
                onClick={() => change({ summary: `${(form.summary || suggested.summary).trimEnd()} {{${place}}}` })}
                className="rounded bg-raised px-1.5 py-0.5 font-mono text-2xs hover:text-ink pointer-coarse:min-h-8 pointer-coarse:px-2.5"
              >
                {place}
              </button>
            ))}
          </p>
          <p
            className="mt-2 rounded-lg border border-line bg-raised/50 px-3 py-2 text-sm break-words"
            aria-live="polite"
          >
            <span className="me-2 text-xs text-muted">Would say</span>
            <bdi>{said}</bdi>
          </p>
        </div>
        <TextArea
          label="Note"
          hint="What to do about it. It comes with each message."
          rows={3}
          value={form.note}
          onChange={(note) => change({ note })}
        />
        <TextField
          label="Runbook"
          hint="The address of a page that says more."
          maxLength={2_000}
          error={problems.runbook ?? null}
          placeholder="https://"
          value={form.runbook}
          onChange={(runbook) => change({ runbook })}
        />
        <SwitchField
          label="On"
          hint={form.enabled ? "It watches from the moment it is saved." : "It is kept, and watches nothing."}
          checked={form.enabled}
          onChange={(enabled) => change({ enabled })}
        />
      </div>
    </Card>
  );
}
