"use client";

import { useMemo, useState } from "react";
import type { OpenAlert, Overview } from "@/components/data/outputs";
import { ServicesNotice } from "@/components/discovery/ServicesNotice";
import { Attention } from "./Attention";
import { joinAlerts } from "./alert-concerns";
import { findConcerns, samplesOf } from "./concerns";
import { HostList } from "./HostList";
import { InstanceSection } from "./InstanceSection";
import { isSettling } from "./settling";
import { keepView, type View } from "./view";

const HALF_HOUR_MS = 1_800_000;

interface Props {
  readonly overview: Overview;
  /** Pending and firing. */
  readonly alerts: readonly OpenAlert[];
  readonly initialView: View;
}

/** Beside this component, only rows that a message speaks of are drawn again: what it hands on stays the same while it means the same. */
export function FilledOverview({ overview, alerts, initialView }: Props) {
  const { hosts, instances, latest, at, calmSince } = overview;
  const [renderedAt] = useState(at);
  const [view, setView] = useState(initialView);
  const samples = useMemo(() => samplesOf({ latest }), [latest]);
  const { concerns, quiet } = useSteady(joinAlerts(alerts, findConcerns(overview, samples), instances, at));
  const settling = instances.filter((instance) => isSettling(instance, at));
  const waiting = useSteadySet(settling.map(({ id }) => id));
  const waitingHosts = useSteadySet(settling.map(({ host }) => host));
  const enabled = instances.filter((instance) => instance.enabled);
  const changeView = (next: View) => {
    setView(next);
    keepView(next);
  };
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <Attention
        concerns={concerns}
        quiet={quiet}
        enabled={enabled.length}
        unread={enabled.filter(({ status }) => status.health === "unknown").length}
        calmSince={calmSince}
        renderedAt={renderedAt}
      />
      <HostList
        hosts={hosts}
        samples={samples}
        waiting={waitingHosts}
        stripEndsAt={Math.ceil(at / HALF_HOUR_MS) * HALF_HOUR_MS}
        renderedAt={renderedAt}
        compact={view.density === "compact"}
      />
      <ServicesNotice />
      <InstanceSection
        instances={instances}
        samples={samples}
        waiting={waiting}
        renderedAt={renderedAt}
        view={view}
        onView={changeView}
      />
    </>
  );
}

/** The value of before while the new one says the same. Of short lists: it compares them as text. */
function useSteady<T>(value: T): T {
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the value.
  return useMemo(() => value, [text]);
}

function useSteadySet(values: readonly string[]): ReadonlySet<string> {
  const steady = useSteady(values);
  return useMemo(() => new Set(steady), [steady]);
}
