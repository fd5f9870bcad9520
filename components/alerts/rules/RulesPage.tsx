"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCallback, useMemo, useRef } from "react";
import { May } from "@/components/account/May";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { AlertTabs } from "../AlertTabs";
import { FileMenu } from "../file/FileMenu";
import { useInstanceName } from "../use-instance-name";
import { RuleFilters } from "./RuleFilters";
import { RuleRow } from "./RuleRow";
import { groupByOrigin, isQuerying, itemsOf, NO_QUERY, queryRules, type RuleItem } from "./rule-query";
import { useRuleDeeds } from "./use-rule-deeds";
import { useRuleQuery } from "./use-rule-query";

/** Every rule: people's, and those that come with the plugins. */
export function RulesPage() {
  const trpc = useTRPC();
  const rules = useQuery(trpc.alerts.rule.all.queryOptions());
  const overrides = useQuery(trpc.alerts.override.list.queryOptions());
  const { query, setQuery } = useRuleQuery();
  const items = useMemo(() => itemsOf(rules.data ?? [], overrides.data ?? []), [rules.data, overrides.data]);
  const shown = useMemo(() => queryRules(items, query), [items, query]);
  const error = rules.error ?? overrides.error;
  return (
    <>
      <PageHeader
        title="Alerts"
        facts={
          rules.data ? (
            <span>
              {formatExact(items.length)} {items.length === 1 ? "rule" : "rules"}
            </span>
          ) : null
        }
        actions={
          <>
            <FileMenu />
            <May permission="edit">
              <Link href="/alerts/rules/new" className={buttonClass({ variant: "primary" })}>
                <Icon name="plus" size={15} />
                New rule
              </Link>
            </May>
          </>
        }
      />
      <AlertTabs current="rules" />
      {error ? <ErrorState title="The rules could not be read" message={error.message} /> : null}
      {rules.data && overrides.data ? (
        <>
          <RuleFilters items={items} query={query} onChange={setQuery} left={shown.length} />
          <Groups
            items={shown}
            overrides={overrides.data}
            querying={isQuerying(query)}
            clear={() => setQuery(NO_QUERY)}
          />
        </>
      ) : error ? null : (
        <Skeleton className="h-96 rounded-xl" />
      )}
    </>
  );
}

interface GroupProps {
  readonly items: readonly RuleItem[];
  readonly overrides: Parameters<ReturnType<typeof useRuleDeeds>["turn"]>[1];
  readonly querying: boolean;
  clear(): void;
}

function Groups({ items, overrides, querying, clear }: GroupProps) {
  const nameOf = useInstanceName();
  const { turn } = useRuleDeeds();
  // Rows are drawn again only when they change: what they call stays the same.
  const newest = useRef({ turn, overrides });
  newest.current = { turn, overrides };
  const onTurn = useCallback(
    (item: RuleItem, on: boolean) => newest.current.turn(item, newest.current.overrides, on),
    [],
  );
  if (items.length === 0)
    return (
      <Card padding="none">
        {querying ? (
          <EmptyState
            title="No rule is like that"
            action={
              <button type="button" onClick={clear} className={buttonClass()}>
                Show all rules
              </button>
            }
          >
            Take a filter away, or look for fewer words.
          </EmptyState>
        ) : (
          <EmptyState icon="alerts" title="No rules yet">
            Rules come with the instances that they watch; more can be made here.
          </EmptyState>
        )}
      </Card>
    );
  return groupByOrigin(items).map(({ key, title, items: own }) => (
    <section key={key} aria-label={title} className="min-w-0">
      <h2 className="mb-2 flex items-center gap-2 text-sm font-semibold">
        <bdi>{title}</bdi>
        <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">{own.length}</span>
      </h2>
      <Card padding="none" className="overflow-hidden">
        <ul>
          {own.map((item) => (
            <RuleRow key={item.rule.id} item={item} nameOf={nameOf} onTurn={onTurn} />
          ))}
        </ul>
      </Card>
    </section>
  ));
}
