"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { RuleView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { AddRow } from "@/components/ui/AddRow";
import { FIELD } from "@/components/ui/field-class";
import { IconButton } from "@/components/ui/IconButton";
import type { ValuePart } from "./limit-unit";
import { OperatorChoice, operatorHint } from "./OperatorChoice";

export type Matcher = ValuePart["where"][number];

interface Props {
  readonly scope: RuleView["scope"];
  readonly metric: string;
  readonly value: readonly Matcher[];
  readonly error?: string | null | undefined;
  /** What one is called: "filter". */
  readonly itemName?: string;
  onChange(value: Matcher[]): void;
}

const CONTROL = `${FIELD} h-8 pointer-coarse:h-10`;
const MOST = 20;

/** Labels of series, chosen from those that are there. `like` takes `*` and `?`. */
export function MatcherRows({ scope, metric, value, error, itemName = "filter", onChange }: Props) {
  const trpc = useTRPC();
  const id = useId();
  const { data: labels = [] } = useQuery({
    ...trpc.alerts.rule.labels.queryOptions({ scope, metric }),
    enabled: metric !== "",
  });
  const change = (index: number, part: Partial<Matcher>) =>
    onChange(value.map((row, place) => (place === index ? { ...row, ...part } : row)));
  const remove = (index: number) => onChange(value.filter((_, place) => place !== index));
  const names = labels.map(({ label }) => label);
  const unused = names.find((name) => !value.some(({ label }) => label === name)) ?? names[0];
  return (
    <div className="flex flex-col gap-1.5">
      {value.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and change while typed.
        <Row key={index} {...{ id, index, row, labels, itemName, error }} change={change} remove={remove} />
      ))}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      ) : null}
      {unused !== undefined && value.length < MOST ? (
        <AddRow name={itemName} onAdd={() => onChange([...value, { label: unused, op: "is", value: "" }])} />
      ) : null}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly row: Matcher;
  readonly labels: readonly { readonly label: string; readonly values: readonly string[] }[];
  readonly itemName: string;
  readonly error: string | null | undefined;
  change(index: number, part: Partial<Matcher>): void;
  remove(index: number): void;
}

function Row({ id, index, row, labels, itemName, error, change, remove }: RowProps) {
  const list = `${id}-${index}`;
  const name = `${itemName} ${index + 1}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,7rem)_28px] gap-1.5 sm:grid-cols-[minmax(0,10rem)_7rem_minmax(0,1fr)_28px]">
      <select
        aria-label={`Label of ${name}`}
        value={row.label}
        onChange={(event) => change(index, { label: event.target.value, value: "" })}
        className={CONTROL}
      >
        {[...new Set([row.label, ...labels.map(({ label }) => label)])].map((label) => (
          <option key={label} value={label}>
            {label.replaceAll("_", " ") || "Choose"}
          </option>
        ))}
      </select>
      <OperatorChoice label={`How ${name} compares`} value={row.op} onChange={(op) => change(index, { op })} />
      <input
        aria-label={`Value of ${name}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        list={list}
        value={row.value}
        maxLength={1_000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={operatorHint(row.op, "Choose or type")}
        onChange={(event) => change(index, { value: event.target.value })}
        className={`${CONTROL} max-sm:col-span-2 max-sm:row-start-2`}
      />
      <datalist id={list}>
        {(labels.find(({ label }) => label === row.label)?.values ?? []).map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      <IconButton
        icon="close"
        label={`Remove ${name}`}
        className="self-center max-sm:col-start-3 max-sm:row-start-1"
        onClick={() => remove(index)}
      />
    </div>
  );
}
