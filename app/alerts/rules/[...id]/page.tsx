import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadRule } from "@/components/alerts/rules/load-rule";
import { RulePage } from "@/components/alerts/rules/RulePage";
import { getServer } from "@/components/data/trpc-server";

interface Props {
  /** A plugin's own rule is named by two words with a slash between them. */
  readonly params: Promise<{ id: string[] }>;
}

const idOf = async (params: Props["params"]) => (await params).id.map(decodeURIComponent).join("/");

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadRule(await idOf(params)))?.rule.name ?? "Not found" };
}

export default async function Page({ params }: Props) {
  const id = await idOf(params);
  if (!(await loadRule(id))) notFound();
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.plugins.instances.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RulePage id={id} />
    </HydrationBoundary>
  );
}
