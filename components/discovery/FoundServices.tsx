"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { May } from "../account/May";
import { CARD_GRID } from "../catalogue/card-grid";
import type { Found, FoundService } from "../data/outputs";
import { Skeleton } from "../ui/Skeleton";
import { IgnoredServices } from "./IgnoredServices";
import { ServiceCard } from "./ServiceCard";
import { useDecisions, useFound, useLook } from "./use-found";

interface Props {
  readonly drawn?: Found | undefined;
  /** Somebody came here to find services: it is looked at once. */
  readonly wanted?: boolean;
}

/** Two rows on a wide screen, one screen of a phone; the plugins below stay in reach. */
const AT_FIRST = 8;
const AT_FIRST_ON_PHONES = 4;
const GRID = `gap-y-3 ${CARD_GRID}`;

/** What was found on this machine, for those who may add it. */
export function FoundServices(props: Props) {
  return (
    <May permission="administer">
      <Services {...props} />
    </May>
  );
}

/** What is neither watched nor ignored. Nothing at all where nobody has looked. */
function Services({ drawn, wanted = false }: Props) {
  const found = useFound(drawn);
  const { look, looking } = useLook();
  const { gone, ignore, takeBack } = useDecisions();
  const [asked, setAsked] = useState(wanted);
  const [all, setAll] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  const lookOnce = useEffectEvent(() => {
    if (wanted) look();
  });
  useEffect(() => lookOnce(), []);
  useEffect(() => {
    if (looking) setAsked(true);
  }, [looking]);

  const services = (found?.proposals ?? []).filter(({ key }) => !gone.has(key));
  const ignored = found?.ignored ?? [];
  const busy = looking || (found?.looking ?? false);
  if (services.length === 0 && !asked && !busy) return null;

  const ignoreOne = (service: FoundService) => {
    ignore(service);
    // Its buttons are gone: the focus stays in the section.
    heading.current?.focus();
  };
  return (
    <section aria-labelledby="found" aria-busy={busy} className="@container flex flex-col gap-3">
      <div className="-mb-1 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2
          id="found"
          ref={heading}
          tabIndex={-1}
          className="flex items-center gap-2 text-sm font-semibold outline-none"
        >
          Found on this machine
          {services.length > 0 ? (
            <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">
              {services.length}
            </span>
          ) : null}
        </h2>
        <p role="status" className="text-xs text-muted">
          {statusText({ busy, count: services.length })}
        </p>
      </div>
      {busy && services.length === 0 ? <LookingCards /> : null}
      {services.length > 0 ? (
        <ul className={GRID}>
          {(all ? services : services.slice(0, AT_FIRST)).map((service, index) => (
            <li
              key={service.key}
              className={`flex min-w-0 ${!all && index >= AT_FIRST_ON_PHONES ? "max-sm:hidden" : ""}`}
            >
              <ServiceCard service={service} onIgnore={() => ignoreOne(service)} />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        {services.length > AT_FIRST_ON_PHONES ? (
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll(!all)}
            className={`num rounded text-xs font-medium text-accent hover:underline pointer-coarse:min-h-9 ${services.length > AT_FIRST ? "" : "sm:hidden"}`}
          >
            {all ? "Show fewer" : `Show all ${services.length}`}
          </button>
        ) : null}
        {ignored.length > 0 ? <IgnoredServices ignored={ignored} onTakeBack={takeBack} /> : null}
      </div>
    </section>
  );
}

function statusText({ busy, count }: { busy: boolean; count: number }): string {
  if (busy) return "Looking at ports, containers and files of this machine.";
  if (count > 0) return "By its ports, containers and files. Nothing left the machine.";
  return "Nothing new. What runs here is watched, ignored, or not known to any plugin; choose one below for other machines.";
}

const CARDS = ["a", "b", "c", "d"];

function LookingCards() {
  return (
    <div className={GRID}>
      {CARDS.map((card) => (
        <Skeleton key={card} className="h-36 rounded-xl" />
      ))}
    </div>
  );
}
