import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlertView } from "@/components/alerts/AlertView";
import { titleOf } from "@/components/alerts/alert-title";
import { loadAlert } from "@/components/alerts/load-alert";
import { getServer } from "@/components/data/trpc-server";

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const detail = await loadAlert((await params).id);
  return { title: detail ? titleOf(detail) : "Not found" };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  if (!(await loadAlert(id))) notFound();
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    // What was changed for an instance names it.
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.assist.analysis.queryOptions({ id })),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AlertView id={id} />
    </HydrationBoundary>
  );
}
