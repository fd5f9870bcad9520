import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Catalogue } from "@/components/catalogue/Catalogue";
import { getServer } from "@/components/data/trpc-server";
import { FindServices } from "@/components/discovery/FindServices";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Catalogue" };

export default async function Page() {
  const { trpc, queryClient, seesAll } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.catalogue.queryOptions()),
    seesAll && queryClient.prefetchQuery(trpc.discovery.found.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Catalogue" actions={<FindServices />} />
      <Catalogue
        drawn={queryClient.getQueryData(trpc.plugins.catalogue.queryKey())}
        drawnFound={queryClient.getQueryData(trpc.discovery.found.queryKey())}
      />
    </HydrationBoundary>
  );
}
