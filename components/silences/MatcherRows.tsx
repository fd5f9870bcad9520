"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { OperatorChoice, operatorHint } from "@/components/alerts/OperatorChoice";
import type { SilenceMatcher } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Choice } from "@/components/ui/Choice";
import { FIELD } from "@/components/ui/field-class";
import { IconButton } from "@/components/ui/IconButton";

interface Props {
  readonly matchers: readonly SilenceMatcher[];
  onChange(matchers: readonly SilenceMatcher[]): void;
}

const FIELDS = [
  { of: "host", name: "Host" },
  { of: "instance", name: "Instance" },
  { of: "plugin", name: "Plugin" },
  { of: "tag", name: "Tag" },
  { of: "rule", name: "Rule" },
  { of: "severity", name: "Severity" },
  { of: "label", name: "Label" },
] as const;
type Of = SilenceMatcher["of"];

const MOST = 20;

/** What is silenced: all of the rows must be so; without any, it is everything. */
export function MatcherRows({ matchers, onChange }: Props) {
  const known = useKnown();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-medium">What</legend>
      <div className="flex flex-col gap-2">
        {matchers.length === 0 ? (
          <p className="text-sm text-pretty text-muted">Everything. Narrow it down to what is being worked on.</p>
        ) : null}
        {matchers.map((matcher, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and change while typed.
            key={index}
            matcher={matcher}
            index={index}
            known={known[matcher.of]}
            onChange={(next) => onChange(matchers.with(index, next))}
            onRemove={() => onChange(matchers.toSpliced(index, 1))}
          />
        ))}
        {matchers.length < MOST ? (
          <div className="flex flex-wrap items-center gap-1.5">
            {FIELDS.map(({ of, name }) => (
              <button
                key={of}
                type="button"
                onClick={() => onChange([...matchers, fresh(of, known[of])])}
                className="inline-flex h-7 items-center gap-1 rounded-full border border-dashed border-line-strong px-2.5 text-xs text-muted transition-colors hover:border-solid hover:text-ink pointer-coarse:h-9"
              >
                <span aria-hidden="true">+</span> {name}
              </button>
            ))}
          </div>
        ) : null}
      </div>
    </fieldset>
  );
}

interface RowProps {
  readonly matcher: SilenceMatcher;
  readonly index: number;
  readonly known: readonly Known[];
  onChange(matcher: SilenceMatcher): void;
  onRemove(): void;
}

function Row({ matcher, index, known, onChange, onRemove }: RowProps) {
  const list = useId();
  const name = FIELDS.find(({ of }) => of === matcher.of)?.name ?? "";
  const op = matcher.op ?? "is";
  const isChosen = (matcher.of === "instance" || matcher.of === "severity") && (op === "is" || op === "is_not");
  const ordinal = `${name} ${index + 1}`;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {matcher.of === "label" ? (
        <input
          aria-label={`${ordinal}: name`}
          value={matcher.label}
          placeholder="label"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...matcher, label: event.target.value })}
          className={`${FIELD} h-8 w-24! pointer-coarse:h-10`}
        />
      ) : (
        <span className="w-18 text-sm font-medium">{name}</span>
      )}
      <OperatorChoice
        label={`${ordinal}: how`}
        value={op}
        onChange={(next) => onChange({ ...matcher, op: next })}
        className="w-26"
      />
      <div className="flex min-w-40 flex-1 items-center gap-1">
        {isChosen ? (
          <Choice
            label={`${ordinal}: value`}
            value={matcher.value}
            onChange={(value) => onChange({ ...matcher, value })}
            className="flex-1"
          >
            {known.some(({ value }) => value === matcher.value) ? null : (
              <option value={matcher.value}>{matcher.value === "" ? "Choose" : matcher.value}</option>
            )}
            {known.map(({ value, name: shown }) => (
              <option key={value} value={value}>
                {shown}
              </option>
            ))}
          </Choice>
        ) : (
          <>
            <input
              aria-label={`${ordinal}: value`}
              value={matcher.value}
              list={list}
              placeholder={operatorHint(op, "")}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ ...matcher, value: event.target.value })}
              className={`${FIELD} h-8 pointer-coarse:h-10`}
            />
            <datalist id={list}>
              {known.map(({ value, name: shown }) => (
                <option key={value} value={matcher.of === "instance" ? shown : value} />
              ))}
            </datalist>
          </>
        )}
        <IconButton icon="close" label={`Remove ${ordinal}`} onClick={onRemove} />
      </div>
    </div>
  );
}

function fresh(of: Of, known: readonly Known[]): SilenceMatcher {
  const value = of === "severity" ? "warning" : known.length === 1 ? (known[0]?.value ?? "") : "";
  return of === "label" ? { of, label: "", op: "is", value: "" } : { of, op: "is", value };
}

interface Known {
  readonly value: string;
  readonly name: string;
}

/** What there is to choose from. */
function useKnown(): Readonly<Record<Of, readonly Known[]>> {
  const trpc = useTRPC();
  const instances = useQuery(trpc.plugins.instances.queryOptions()).data ?? [];
  const rules = useQuery(trpc.alerts.rules.queryOptions({})).data ?? [];
  const open = useQuery(trpc.alerts.open.queryOptions()).data ?? [];
  const plain = (values: readonly string[]) =>
    [...new Set(values)].sort((a, b) => a.localeCompare(b, "en")).map((value) => ({ value, name: value }));
  return {
    host: plain(instances.map(({ host }) => host)),
    instance: instances.map(({ id, name }) => ({ value: id, name })),
    plugin: plain(instances.map(({ plugin }) => plugin)),
    tag: plain(instances.flatMap(({ tags }) => tags)),
    rule: plain([...open.map(({ ruleName }) => ruleName), ...rules.map(({ plugin, id }) => `${plugin}/${id}`)]),
    severity: [
      { value: "critical", name: "Critical" },
      { value: "warning", name: "Warning" },
      { value: "info", name: "Information" },
    ],
    label: [],
  };
}
