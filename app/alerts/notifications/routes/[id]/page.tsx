import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadRoute } from "@/components/alerts/notifications/load-route";
import { RouteEditor } from "@/components/alerts/notifications/RouteEditor";
import { getServer } from "@/components/data/trpc-server";
import { PageHeader } from "@/components/ui/PageHeader";

interface Props {
  readonly params: Promise<{ id: string }>;
}

/** Whoever makes routes through the API may name them as they like. */
const idOf = async (params: Props["params"]) => decodeURIComponent((await params).id);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadRoute(await idOf(params)))?.name ?? "Not found" };
}

export default async function Page({ params }: Props) {
  const route = await loadRoute(await idOf(params));
  if (!route) notFound();
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.channels.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title={route.name} parent={{ href: "/alerts/notifications", name: "Notifications" }} />
      {/* Saved, it is another form: what was typed is what is stored. */}
      <RouteEditor key={JSON.stringify(route)} route={route} />
    </HydrationBoundary>
  );
}
