"use client";

import Link from "next/link";
import { memo } from "react";
import { useMe } from "@/components/account/use-me";
import { ByFile } from "@/components/config/ByFile";
import { formatExact } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import { Icon } from "@/components/ui/icons";
import { Switch } from "@/components/ui/Switch";
import { ruleHref } from "../rule-href";
import { summaryWords } from "../rule-words";
import { scopeWords } from "../scope-words";
import { TONE_OF, WORD_OF } from "../severity";
import type { RuleItem } from "./rule-query";

interface Props {
  readonly item: RuleItem;
  /** Of an instance by its id. */
  nameOf(instance: string): string;
  onTurn(item: RuleItem, on: boolean): void;
}

/** A rule in the list: on or off, what it says, how bad that is, and how much it watches. */
export const RuleRow = memo(function RuleRow({ item, nameOf, onTurn }: Props) {
  const { rule, words, on, differs } = item;
  const { may } = useMe();
  const { severity } = rule;
  return (
    <li
      data-row
      className="relative grid grid-cols-[32px_minmax(0,1fr)_16px] items-center gap-x-3 border-b border-line px-4 py-2 transition-colors last:border-b-0 hover:bg-hover md:grid-cols-[32px_minmax(0,1fr)_112px_minmax(0,13rem)_16px]"
    >
      {/* Above the link of the row. */}
      <span className="relative z-1 flex self-start pt-0.5 md:self-auto md:pt-0">
        <Switch
          bare
          label={`${rule.name}: on`}
          checked={on}
          locked={may("edit") ? undefined : "Your role may not change rules."}
          onChange={(next) => onTurn(item, next)}
        />
      </span>
      <div className={`min-w-0 ${on ? "" : "opacity-65"}`}>
        <Link href={ruleHref(rule.id)} className="row-link text-sm font-medium break-words">
          <bdi>{rule.name}</bdi>
        </Link>
        <p className="num text-xs text-pretty break-words text-muted">
          <bdi>{words === rule.name ? summaryWords(rule.summary, null) : words}</bdi>
          {differs ? <span className="ms-1.5">· limit set by each instance</span> : null}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-1.5 md:hidden">
          <Badge tone={TONE_OF[severity]} shape>
            {WORD_OF[severity]}
          </Badge>
          <Uses item={item} nameOf={nameOf} />
        </div>
      </div>
      <span className={`max-md:hidden ${on ? "" : "opacity-65"}`}>
        <Badge tone={TONE_OF[severity]} shape>
          {WORD_OF[severity]}
        </Badge>
      </span>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5 max-md:hidden">
        <Uses item={item} nameOf={nameOf} />
      </div>
      <Icon name="right" size={14} className="text-muted max-md:self-center" />
    </li>
  );
});

function Uses({ item, nameOf }: Pick<Props, "item" | "nameOf">) {
  const { rule, watches, off, overrides, firing, on } = item;
  return (
    <>
      {firing > 0 ? <Badge tone="bad">{formatExact(firing)} firing</Badge> : null}
      <span className="num text-xs text-muted">
        {rule.origin !== "plugin" && rule.scope.kind !== "all" ? (
          <>
            <bdi>{scopeWords(rule.scope, nameOf)}</bdi>
            <span className="mx-1">·</span>
          </>
        ) : null}
        {watches === 0 ? "nothing yet" : watches === 1 ? "1 instance" : `${formatExact(watches)} instances`}
      </span>
      {rule.origin === "plugin" ? null : <ByFile kind="rule" id={rule.id} />}
      {off > 0 && on ? <Badge tone="paused">off on {formatExact(off)}</Badge> : null}
      {overrides > 0 ? (
        <Badge tone="accent">{overrides === 1 ? "1 change" : `${formatExact(overrides)} changes`}</Badge>
      ) : null}
    </>
  );
}
