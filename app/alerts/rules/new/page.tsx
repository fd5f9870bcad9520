import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RuleEditor } from "@/components/alerts/editor/RuleEditor";
import { ruleFormOfAddress } from "@/components/alerts/editor/rule-form";
import { getServer } from "@/components/data/trpc-server";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "New rule" };

interface Props {
  /** From a chart's menu: `instance`, `metric` and `label.<name>`. */
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  const beginning = ruleFormOfAddress(given);
  const { trpc, queryClient } = await getServer();
  const scope =
    beginning.scope === "instance"
      ? ({ kind: "instance", instance: beginning.scopeOf } as const)
      : ({ kind: "all" } as const);
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.rule.measured.queryOptions({ scope })),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="New rule" parent={{ href: "/alerts/rules", name: "Rules" }} />
      {/* Another address is another form. */}
      <RuleEditor key={JSON.stringify(given)} beginning={beginning} />
    </HydrationBoundary>
  );
}
