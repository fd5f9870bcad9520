"use client";

import { useMemo, useRef, useState } from "react";
import type { Refusal } from "@/components/catalogue/refusal";
import type { ChannelKind, ChannelView } from "@/components/data/outputs";
import { fieldsOf } from "@/components/form/fields";
import { findProblems, locateField, type Problems } from "@/components/form/problems";
import { configOf, fieldsFor, type Values, valuesOf } from "@/components/form/values";

interface ChannelForm {
  readonly name: string;
  readonly enabled: boolean;
  readonly values: Values;
}

/** A channel as it stands in the form, what is wrong with it, and what it asks the server for. */
export function useChannelForm(kind: ChannelKind, channel?: ChannelView) {
  const fields = useMemo(() => fieldsFor(fieldsOf(kind.form), channel?.config ?? {}), [kind, channel]);
  const [initial] = useState(
    (): ChannelForm => ({
      name: channel?.name ?? "",
      enabled: channel?.enabled ?? true,
      values: valuesOf(fields, channel?.config ?? {}),
    }),
  );
  const [form, setForm] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  /** What is wrong with no field in particular. */
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLFormElement>(null);

  function show(next: Problems, message: string | null = null) {
    setProblems(next);
    setFault(message);
    // After the fields have been marked, and those that were folded away have opened.
    requestAnimationFrame(() =>
      setTimeout(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus()),
    );
  }

  return {
    ...{ fields, form, problems, fault, box },
    dirty: JSON.stringify(form) !== JSON.stringify(initial),
    change(part: Partial<ChannelForm>) {
      setForm((old) => ({ ...old, ...part }));
      setFault(null);
      setProblems({});
    },
    /** @returns what to send or try, or undefined when something has to be put right first; the first of it gets the focus */
    check() {
      const found = findProblems(fields, form.values);
      if (Object.keys(found).length > 0) {
        show(found);
        return undefined;
      }
      const { name, enabled, values } = form;
      return { kind: kind.kind, name: name.trim() || kind.title, enabled, config: configOf(fields, values) };
    },
    /** Shows the server's error at the field it speaks of. */
    refuse({ message, field }: Refusal) {
      const place = field?.replace(/^channel\./, "") ?? "";
      const at = locateField(fields, place);
      if (at) show({ [at.path]: message });
      else if (place === "name") show({ name: message });
      else show({}, message);
    },
  };
}
