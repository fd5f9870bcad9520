"use client";

import { useMemo, useRef, useState } from "react";
import type { Refusal } from "@/components/catalogue/refusal";
import type { RouteInput } from "@/components/data/outputs";
import { type RouteForm, type RouteProblems, readRouteForm, shownRoute } from "./route-form";
import { routeWords } from "./route-words";
import { useChannelNames } from "./use-routes";

const LONGEST_NAME = 100;

/** What stands in the form, what is wrong with it, and what it would be as a route. */
export function useRouteForm(beginning: () => RouteForm) {
  const [initial] = useState(beginning);
  const [form, setForm] = useState(initial);
  const [problems, setProblems] = useState<RouteProblems>({});
  /** What is wrong with no field in particular. */
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLFormElement>(null);
  const nameOf = useChannelNames();
  const words = routeWords(shownRoute(form), nameOf);
  const suggested = words.what.slice(0, LONGEST_NAME);
  const read = useMemo(() => readRouteForm(form, suggested), [form, suggested]);

  function show(next: RouteProblems, message: string | null) {
    setProblems(next);
    setFault(message);
    // After the fields have been marked, and what was folded away has opened.
    requestAnimationFrame(() =>
      setTimeout(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus()),
    );
  }

  function change(part: Partial<RouteForm>) {
    setForm((old) => ({ ...old, ...part }));
    setFault(null);
    setProblems({});
  }

  return {
    ...{ form, problems, fault, box, words, suggested, change },
    route: read.route,
    dirty: JSON.stringify(form) !== JSON.stringify(initial),
    changeMatch: (part: Partial<RouteForm["match"]>) => change({ match: { ...form.match, ...part } }),
    /** @returns what to save, or null when something has to be put right first; the first of it gets the focus */
    check(): RouteInput | null {
      if (!read.route) show(read.problems, null);
      return read.route;
    },
    /** Shows the server's error at the field it speaks of. */
    refuse({ message, field }: Refusal) {
      const place = field?.replace(/^(routes\.)?\d+\./, "") ?? "";
      if (isShown(place)) show({ [place]: message }, null);
      else show({}, message);
    },
  };
}
export type RouteFormState = ReturnType<typeof useRouteForm>;

/** Places that a field shows an error at. */
const isShown = (place: string) =>
  /^(name|timeZone|channels|waitSeconds|criticalWaitSeconds|updateMinutes|repeatHours\.(critical|warning)|digest\.at|title|text|escalate\.\d+\.(afterMinutes|channels)|match\.labels\.\d+\.(label|value)|match\.times\.\d+\.(from|to))$/.test(
    place,
  );
