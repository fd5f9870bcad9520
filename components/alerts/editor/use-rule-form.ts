"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import type { Refusal } from "@/components/catalogue/refusal";
import type { MetricUnits, RuleDraftInput, RuleView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { NO_AMOUNT } from "./read-part";
import { MOST_PARTS, NEW_PART, type PartForm, type RuleForm, type RuleProblems, readRuleForm } from "./rule-form";
import { suggestRule } from "./suggest-rule";

/** What stands in the form, what is wrong with it, and what it would be as a rule. @param known units of the rule's metrics */
export function useRuleForm(initial: RuleForm, known: MetricUnits) {
  const trpc = useTRPC();
  const [form, setForm] = useState(initial);
  const [problems, setProblems] = useState<RuleProblems>({});
  /** What is wrong with no field in particular. */
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLFormElement>(null);
  const scope = useMemo(() => scopeFor(form), [form]);
  const { data: metrics = [] } = useQuery({
    ...trpc.alerts.rule.measured.queryOptions({ scope }),
    placeholderData: keepPreviousData,
  });
  const units = useMemo(
    () => ({ ...known, ...Object.fromEntries(metrics.map((metric) => [metric.metric, metric])) }),
    [known, metrics],
  );
  const suggested = useMemo(() => suggestRule(form, units, metrics), [form, units, metrics]);
  const read = useMemo(() => readRuleForm(form, units, suggested), [form, units, suggested]);

  // On a Unity that has just been started a metric, and with it its unit, may come only after the first try.
  const shown = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(problems).filter(([field, text]) => text !== NO_AMOUNT || read.problems[field] === text),
      ),
    [problems, read],
  );

  function change(part: Partial<RuleForm>) {
    setForm((old) => ({ ...old, ...part }));
    setFault(null);
    forget((field) => field in part);
  }
  function changePart(index: number, part: Partial<PartForm>) {
    setForm((old) => ({ ...old, parts: old.parts.map((one, place) => (place === index ? { ...one, ...part } : one)) }));
    setFault(null);
    forget((field) => Object.keys(part).some((key) => field === `parts.${index}.${key}`));
  }
  /** What was wrong stays marked until its own field is touched. */
  const forget = (touched: (field: string) => boolean) =>
    setProblems((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !touched(field))));

  function show(next: RuleProblems, message: string | null) {
    setProblems(next);
    setFault(message);
    // After the fields have been marked.
    requestAnimationFrame(() =>
      setTimeout(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus()),
    );
  }

  return {
    form,
    problems: shown,
    fault,
    box,
    scope,
    metrics,
    units,
    suggested,
    ...{ draft: read.draft, watched: read.watched },
    dirty: JSON.stringify(form) !== JSON.stringify(initial),
    change,
    changePart,
    addPart: () => form.parts.length < MOST_PARTS && change({ parts: [...form.parts, NEW_PART] }),
    removePart(index: number) {
      setProblems({});
      change({ parts: form.parts.filter((_, place) => place !== index) });
    },
    /** @returns what to save, or null when something has to be put right first; the first of it gets the focus */
    check(): RuleDraftInput | null {
      if (!read.draft) show(read.problems, null);
      return read.draft;
    },
    /** Shows the server's error at the field it speaks of. */
    refuse({ message, field }: Refusal) {
      const place = field?.replace(/^rule\./, "") ?? "";
      if (isField(place, form)) show({ [place]: message }, null);
      else show({}, message);
    },
  };
}
export type RuleFormState = ReturnType<typeof useRuleForm>;

const isField = (place: string, form: RuleForm) =>
  /^parts\.\d+\.(limit|upper|clear)$/.test(place) || (place in form && !["parts", "scope"].includes(place));

/** A scope that is not chosen yet offers everything. */
function scopeFor({ scope, scopeOf }: RuleForm): RuleView["scope"] {
  if (scope === "all" || scopeOf === "") return { kind: "all" };
  return { kind: scope, [scope]: scopeOf } as RuleView["scope"];
}
