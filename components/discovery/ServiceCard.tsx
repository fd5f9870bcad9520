"use client";

import Link from "next/link";
import { PluginIcon } from "../catalogue/PluginIcon";
import type { FoundService } from "../data/outputs";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { buttonClass } from "../ui/button-class";
import { StatusShape } from "../ui/StatusShape";
import { formAddress, whyText } from "./service-words";
import { type Adding, useAddService } from "./use-add-service";

interface Props {
  readonly service: FoundService;
  onIgnore(): void;
}

/** One service that was found: what it is, where, why Unity thinks so, and what to do with it. */
export function ServiceCard({ service, onIgnore }: Props) {
  const { plugin, pluginName, target, likely, asks } = service;
  const { adding, add } = useAddService(service);
  const ready = asks === null && adding.phase !== "failed";
  const about = `${pluginName} at ${target}`;
  return (
    <article
      aria-label={about}
      className="flex min-w-0 flex-1 flex-col gap-2 rounded-xl border border-line bg-surface p-3.5 shadow-card"
    >
      <div className="flex items-start gap-2.5">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent">
          <PluginIcon id={plugin} size={20} />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-sm leading-5 font-semibold" title={pluginName}>
            {pluginName}
          </h3>
          <p className="num truncate text-xs text-muted" title={target}>
            <bdi>{target}</bdi>
          </p>
        </div>
        {likely ? <Badge>Likely</Badge> : null}
      </div>
      <p className="line-clamp-3 text-xs text-pretty break-words text-muted">
        <bdi>{whyText(service)}</bdi>
      </p>
      <Outcome adding={adding} asks={asks} />
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-1">
        {ready ? (
          <Button size="small" variant="primary" icon="plus" busy={adding.phase === "testing"} onClick={add}>
            <span>
              {adding.phase === "testing" ? "Testing" : "Add"}
              <span className="sr-only"> {about}</span>
            </span>
          </Button>
        ) : null}
        <Link
          href={formAddress(service)}
          prefetch={false}
          className={buttonClass({ size: "small", variant: ready ? "secondary" : "primary" })}
        >
          <span>
            Set up<span className="sr-only"> {about}</span>
          </span>
        </Link>
        <Button size="small" variant="ghost" className="ml-auto" onClick={onIgnore}>
          <span>
            Ignore<span className="sr-only"> {about}</span>
          </span>
        </Button>
      </div>
    </article>
  );
}

function Outcome({ adding, asks }: { adding: Adding; asks: string | null }) {
  if (adding.phase === "failed")
    return (
      <p role="alert" className="flex items-baseline gap-1.5 text-xs break-words">
        <StatusShape tone="bad" label="" size={9} className="translate-y-px" />
        <span className="line-clamp-4 min-w-0">
          <span className="font-medium">{adding.title}.</span> {adding.message}
        </span>
      </p>
    );
  if (asks === null) return null;
  return (
    <p className="text-xs text-pretty">
      <span className="text-muted">Needs </span>
      {asks.charAt(0).toLowerCase() + asks.slice(1)}
    </p>
  );
}
