"use client";

import { Card, CardTitle } from "@/components/ui/Card";
import { ChannelPicker } from "../ChannelPicker";
import { LabelRows } from "./LabelRows";
import type { RuleForm, RuleProblems } from "./rule-form";

interface Props {
  readonly form: RuleForm;
  readonly problems: RuleProblems;
  change(part: Partial<RuleForm>): void;
}

/** Whom it tells itself, and what routes can tell it by. */
export function TellCard({ form, problems, change }: Props) {
  return (
    <Card>
      <CardTitle>Who is told</CardTitle>
      <div className="flex flex-col gap-4">
        <ChannelPicker
          label="Own channels"
          hint={
            form.channels.length === 0
              ? "None is chosen: the routes decide who is told."
              : "They are told in any case, whatever the routes say; the routes tell their own as well."
          }
          value={form.channels}
          onChange={(channels) => change({ channels })}
        />
        <LabelRows value={form.labels} error={problems.labels ?? null} onChange={(labels) => change({ labels })} />
      </div>
    </Card>
  );
}
