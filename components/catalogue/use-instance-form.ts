"use client";

import { useMemo, useRef, useState } from "react";
import type { PluginDetail } from "../data/outputs";
import { fieldsOf } from "../form/fields";
import { locateField, type Problems } from "../form/problems";
import { asTexts, fieldsFor } from "../form/values";
import { type Beginning, type Draft, draftOf, inputOf, problemsOf } from "./draft";
import type { Refusal } from "./refusal";
import { suggestName } from "./suggest-name";

/** Fields outside the config that the form shows an error at. */
const OWN_FIELDS = ["name", "host", "intervalSeconds", "timeoutMs", "tags"];

/** What stands in the form, what is wrong with it, and what it asks the server for. @param from the instance to change, or what was found */
export function useInstanceForm(plugin: PluginDetail, from?: Beginning) {
  const fields = useMemo(() => fieldsFor(fieldsOf(plugin.form), from?.config ?? {}), [plugin, from]);
  const initial = useMemo(() => draftOf(plugin, fields, from), [plugin, fields, from]);
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  /** What is wrong with no field in particular. */
  const [fault, setFault] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const suggested = suggestName(plugin, fields, draft.values);

  function change(part: Partial<Draft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    setFault(null);
    // What was wrong stays marked until its own field is touched.
    setProblems((old) => keepUntouched(old, draft, next));
  }

  function show(next: Problems, message: string | null = null) {
    setProblems(next);
    setFault(message);
    // After the fields have been marked, and those that were folded away have opened.
    requestAnimationFrame(() =>
      setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus()),
    );
  }

  /** @returns what to send, or undefined when something has to be put right first; the first of it gets the focus */
  function check() {
    const found = problemsOf(plugin, fields, draft);
    if (Object.keys(found).length > 0) {
      show(found);
      return undefined;
    }
    setProblems({});
    setFault(null);
    return inputOf(plugin, fields, draft, suggested);
  }

  /** Shows the server's error at the field it speaks of. */
  function refuse({ message, field }: Refusal) {
    const place = field === null ? null : locateField(fields, field);
    if (place) {
      const rows = asTexts(draft.values[place.path.replace("config.", "")]).length;
      show({ [place.path]: place.row !== null && rows > 1 ? `Row ${place.row + 1}: ${message}` : message });
    } else if (field !== null && OWN_FIELDS.includes(field)) show({ [field]: message });
    else show({}, message);
  }

  return {
    fields,
    draft,
    initial,
    problems,
    fault,
    suggested,
    form,
    dirty: JSON.stringify(draft) !== JSON.stringify(initial),
    change,
    check,
    refuse,
    mark: setProblems,
  };
}
export type InstanceForm = ReturnType<typeof useInstanceForm>;

function keepUntouched(problems: Problems, before: Draft, after: Draft): Problems {
  const same = (path: string) => JSON.stringify(valueAt(before, path)) === JSON.stringify(valueAt(after, path));
  return Object.fromEntries(Object.entries(problems).filter(([path]) => same(path)));
}

function valueAt(draft: Draft, path: string): unknown {
  const [room, ...keys] = path.split(".");
  if (room !== "config") return { ...draft, timeoutMs: draft.timeoutSeconds }[room ?? ""];
  return keys.reduce<unknown>((value, key) => Object(value)[key], draft.values);
}
