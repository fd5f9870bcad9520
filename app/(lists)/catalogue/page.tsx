import type { Metadata } from "next";
import { Catalogue } from "@/components/catalogue/Catalogue";
import { getServer } from "@/components/data/trpc-server";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Catalogue" };

export default async function Page() {
  const { caller } = await getServer();
  const entries = await caller.plugins.catalogue();
  return (
    <>
      <PageHeader title="Catalogue" />
      <Catalogue entries={entries} />
    </>
  );
}
