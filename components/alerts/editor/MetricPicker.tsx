"use client";

import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { unitName } from "@/components/charts/unit-name";
import type { MeasuredMetric } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { humanName } from "@/components/names";
import { Field, type FieldProps } from "@/components/ui/Field";
import { FIELD } from "@/components/ui/field-class";
import { Icon } from "@/components/ui/icons";

interface Props extends FieldProps {
  readonly metrics: readonly MeasuredMetric[];
  readonly value: string;
  onChange(metric: string): void;
}

/** More are found by typing. */
const SHOWN = 60;

/** One of the metrics that are measured, found by any word of its name, its plugin or what it means. */
export function MetricPicker({ metrics, value, onChange, ...field }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const list = useId();
  const box = useRef<HTMLInputElement>(null);
  const found = useMemo(() => searchMetrics(metrics, typed ?? ""), [metrics, typed]);
  const open = typed !== null;
  const shown = found.slice(0, SHOWN);
  const close = () => setTyped(null);
  const choose = (metric: string) => {
    onChange(metric);
    close();
  };
  const type = (text: string) => {
    setTyped(text);
    setActive(0);
  };
  const press = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === "ArrowDown" || event.key === "Enter") {
        event.preventDefault();
        type("");
      }
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = shown[active];
    if (by !== undefined) setActive((active + by + shown.length) % Math.max(1, shown.length));
    else if (event.key === "Enter" && chosen) choose(chosen.metric);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field {...field}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            ref={box}
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={open && shown[active] ? `${list}-${active}` : undefined}
            value={typed ?? titleOf(metrics, value)}
            placeholder="Search a metric"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => type(event.target.value)}
            onClick={() => (open ? undefined : type(""))}
            onKeyDown={press}
            onBlur={close}
            className={`${FIELD} h-8 pe-8 pointer-coarse:h-10`}
          />
          <Icon
            name="down"
            size={14}
            className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
          />
          {open ? (
            <div
              id={list}
              role="listbox"
              aria-label="Metrics"
              className="pop absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto p-1"
            >
              {shown.map((metric, index) => (
                <Option
                  key={metric.metric}
                  id={`${list}-${index}`}
                  metric={metric}
                  active={index === active}
                  chosen={metric.metric === value}
                  onChoose={choose}
                />
              ))}
              {found.length === 0 ? (
                <p className="px-2 py-3 text-sm text-muted">No metric is like that. Nothing else was measured there.</p>
              ) : null}
              {found.length > SHOWN ? (
                <p className="num px-2 py-1.5 text-xs text-muted">
                  {formatExact(found.length - SHOWN)} more. Type a word of their name.
                </p>
              ) : null}
            </div>
          ) : null}
        </div>
      )}
    </Field>
  );
}

interface OptionProps {
  readonly id: string;
  readonly metric: MeasuredMetric;
  readonly active: boolean;
  readonly chosen: boolean;
  onChoose(metric: string): void;
}

function Option({ id, metric, active, chosen, onChoose }: OptionProps) {
  const { metric: name, pluginName, description, series, unit } = metric;
  return (
    // The input keeps the focus; what is pressed here is chosen before it loses it.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox points at it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      ref={(element) => (active ? element?.scrollIntoView({ block: "nearest" }) : undefined)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(name)}
      className={`rounded-md px-2 py-1.5 ${active ? "bg-hover dark:bg-line" : "hover:bg-hover"}`}
    >
      <p className="flex items-baseline gap-2 text-sm">
        <span className={chosen ? "font-semibold" : "font-medium"}>{humanName(name)}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted">
          {[unitName(unit), pluginName ?? "every instance"].filter(Boolean).join(" · ")}
        </span>
        <span className="num shrink-0 text-xs text-muted">
          {series === 1 ? "1 series" : `${formatExact(series)} series`}
        </span>
      </p>
      <p className="truncate text-xs text-muted" title={description}>
        {description}
      </p>
    </div>
  );
}

/** Memory is told in bytes and in percent: of two that are called alike, the unit says which. */
function titleOf(metrics: readonly MeasuredMetric[], value: string): string {
  if (value === "") return "";
  const name = humanName(value);
  const isAlone = metrics.every(({ metric }) => metric === value || humanName(metric) !== name);
  const unit = unitName(metrics.find(({ metric }) => metric === value)?.unit ?? "");
  return isAlone || unit === "" ? name : `${name} (${unit})`;
}

/** Every word must be somewhere; what has it in its name stands first. */
function searchMetrics(metrics: readonly MeasuredMetric[], text: string): readonly MeasuredMetric[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = metrics.flatMap((one) => {
    const name = `${one.metric.replaceAll("_", " ")} ${humanName(one.metric)}`.toLowerCase();
    const all = `${name} ${one.metric} ${one.pluginName ?? ""} ${one.description}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    return [{ one, rank: words.every((word) => name.includes(word)) ? 0 : 1 }];
  });
  return found.sort((a, b) => a.rank - b.rank || a.one.metric.localeCompare(b.one.metric, "en")).map(({ one }) => one);
}
