"use client";

import type { InstanceSummary, RuleView } from "@/components/data/outputs";
import { titleOf } from "@/components/instance/instance-title";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { TextField } from "@/components/ui/TextField";
import { AmountField } from "../AmountField";
import { ChannelPicker } from "../ChannelPicker";
import { MatcherRows } from "../MatcherRows";
import { SEVERITIES, WORD_OF } from "../severity";
import { channelWords } from "../tell-words";
import { useChannels } from "../use-channels";
import { type LocalField, valueText } from "./effective-values";
import type { OverrideTarget } from "./OverrideDialog";
import type { OverrideForm, OverrideProblems } from "./override-form";

interface Props {
  readonly target: OverrideTarget;
  readonly form: OverrideForm;
  readonly problems: OverrideProblems;
  readonly instances: readonly InstanceSummary[];
  readonly unit: string;
  change(part: Partial<OverrideForm>): void;
}

const STATES = [
  { value: "", name: "As it is" },
  { value: "on", name: "On" },
  { value: "off", name: "Ignored" },
] as const;

export function OverrideFields(props: Props) {
  const { target, form, problems, change } = props;
  const { rule, units } = target;
  const inherited = (field: LocalField) => valueText(rule, field, units) ?? "";
  return (
    <>
      <ScopeFields {...props} />
      <div className="flex flex-wrap items-center gap-3">
        <span className="text-sm font-medium">State</span>
        <Segmented label="State" value={form.state} options={STATES} onChange={(state) => change({ state })} />
      </div>
      {form.state === "off" ? null : (
        <div className="@container">
          <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
            <LimitFields {...props} />
            <AmountField
              label="For"
              hasDefault
              unit="seconds"
              error={problems.forSeconds ?? null}
              value={form.forSeconds}
              placeholder={inherited("forSeconds")}
              hint="So long it must be so."
              onChange={(forSeconds) => change({ forSeconds })}
            />
            <AmountField
              label="Keep firing"
              hasDefault
              unit="seconds"
              error={problems.keepFiringSeconds ?? null}
              value={form.keepFiringSeconds}
              placeholder={inherited("keepFiringSeconds")}
              hint="So long it must be over."
              onChange={(keepFiringSeconds) => change({ keepFiringSeconds })}
            />
            <Select
              label="Severity"
              hasDefault
              value={form.severity || "inherit"}
              options={[
                { value: "inherit", name: `As it is (${inherited("severity").toLowerCase()})` },
                ...SEVERITIES.map((value) => ({ value, name: WORD_OF[value] })),
              ]}
              onChange={(value) => change({ severity: SEVERITIES.find((one) => one === value) ?? "" })}
            />
          </div>
        </div>
      )}
      {form.state === "off" ? null : <OwnChannels rule={rule} value={form.channels} change={change} />}
      <TextField
        label="Note"
        hint="Why it is otherwise here."
        maxLength={1_000}
        value={form.note}
        onChange={(note) => change({ note })}
      />
    </>
  );
}

const CHANNELS = [
  { value: "inherit", name: "As they are" },
  { value: "other", name: "Others" },
] as const;

interface OwnChannelsProps extends Pick<Props, "change"> {
  readonly rule: RuleView;
  readonly value: OverrideForm["channels"];
}

/** Whom the rule tells here beside the routes. */
function OwnChannels({ rule, value, change }: OwnChannelsProps) {
  const { nameOf } = useChannels();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <span className="text-sm font-medium">Own channels</span>
        <Segmented
          label="Own channels"
          value={value === null ? "inherit" : "other"}
          options={CHANNELS}
          onChange={(next) => change({ channels: next === "inherit" ? null : [...rule.channels] })}
        />
        {value === null ? (
          <bdi className="min-w-0 text-xs break-words text-muted">{channelWords(rule.channels, nameOf)}</bdi>
        ) : null}
      </div>
      {value === null ? null : (
        <ChannelPicker
          label="Told here"
          hint={
            value.length === 0
              ? "None is chosen: here only the routes decide who is told."
              : "They are told here in any case; the routes tell their own as well."
          }
          value={value}
          onChange={(channels) => change({ channels })}
        />
      )}
    </div>
  );
}

/** Of a rule that compares with a number. */
function LimitFields({ target: { rule, units }, form, problems, unit, change }: Props) {
  const [part] = rule.parts;
  if (part?.kind !== "value" || typeof part.limit !== "number") return null;
  const inherited = (field: LocalField) => valueText(rule, field, units) ?? "";
  return (
    <>
      <AmountField
        label={part.is === "outside" ? "Lower end" : "Limit"}
        hasDefault
        unit={unit}
        error={problems.limit ?? null}
        value={form.limit}
        placeholder={inherited("limit")}
        onChange={(limit) => change({ limit })}
      />
      {part.is === "outside" ? (
        <AmountField
          label="Upper end"
          hasDefault
          unit={unit}
          error={problems.upper ?? null}
          value={form.upper}
          placeholder={inherited("upper")}
          onChange={(upper) => change({ upper })}
        />
      ) : null}
      {part.is === "above" || part.is === "below" ? (
        <AmountField
          label="Over at"
          unit={unit}
          error={problems.clear ?? null}
          value={form.clear}
          placeholder={inherited("clear") || "the limit"}
          onChange={(clear) => change({ clear })}
        />
      ) : null}
    </>
  );
}

function ScopeFields({ target, form, problems, instances, change }: Props) {
  const { rule, plugin } = target;
  const mine = plugin === null ? instances : instances.filter((one) => one.plugin === plugin);
  const hosts = [...new Set(mine.map(({ host }) => host))].sort();
  const metric = rule.parts.flatMap((part) => (part.kind === "failing" ? [] : [part.metric]))[0];
  const pluginName = instances.find((one) => one.plugin === plugin)?.pluginName ?? plugin;
  const scopes = [
    { value: "all", name: "Everything" },
    ...(plugin === null ? [] : [{ value: "plugin", name: `Every ${pluginName}` }]),
    { value: "host", name: "A host" },
    { value: "instance", name: "An instance" },
    ...(metric === undefined ? [] : [{ value: "item", name: "Single items of an instance" }]),
  ];
  return (
    <>
      <div className="@container">
        <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
          <Select
            label="Where"
            required
            value={form.scope}
            options={scopes}
            onChange={(value) => {
              const scope = (["all", "plugin", "host", "instance", "item"] as const).find((one) => one === value);
              if (scope) change({ scope, plugin: scope === "plugin" ? (plugin ?? "") : "" });
            }}
          />
          {form.scope === "host" ? (
            <Select
              label="Host"
              required
              error={problems.host ?? null}
              value={form.host}
              options={hosts.map((host) => ({ value: host, name: host }))}
              onChange={(host) => change({ host })}
            />
          ) : null}
          {form.scope === "instance" || form.scope === "item" ? (
            <Select
              label="Instance"
              required
              error={problems.instance ?? null}
              value={form.instance}
              options={mine.map((one) => ({ value: one.id, name: titleOf(one) }))}
              onChange={(instance) => change({ instance, where: [] })}
            />
          ) : null}
        </div>
      </div>
      {form.scope === "item" && form.instance !== "" && metric !== undefined ? (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">Items</legend>
          <MatcherRows
            scope={{ kind: "instance", instance: form.instance }}
            metric={metric}
            value={form.where}
            error={problems.where}
            itemName="item"
            onChange={(where) => change({ where })}
          />
        </fieldset>
      ) : null}
    </>
  );
}
