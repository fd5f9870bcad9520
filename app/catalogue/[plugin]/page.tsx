import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InstanceEditor } from "@/components/catalogue/InstanceEditor";
import { PluginHeader } from "@/components/catalogue/PluginHeader";
import { getServer } from "@/components/data/trpc-server";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";

interface Props {
  readonly params: Promise<{ plugin: string }>;
}

/** The plugin, or why it could not be loaded. */
const getPlugin = cache(async (id: string) => {
  const { caller } = await getServer();
  const found = (await caller.plugins.catalogue()).find((entry) => entry.id === id);
  if (!found) notFound();
  return found.broken === null
    ? { loaded: true as const, plugin: await caller.plugins.definition({ id }) }
    : { loaded: false as const, id, reason: found.broken };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await getPlugin((await params).plugin);
  return { title: found.loaded ? `Add ${found.plugin.name}` : found.id };
}

export default async function Page({ params }: Props) {
  const found = await getPlugin((await params).plugin);
  if (!found.loaded)
    return (
      <>
        <PageHeader title={found.id} parent={{ href: "/catalogue", name: "Catalogue" }} />
        <ErrorState
          title="This plugin could not be loaded"
          message={found.reason}
          hint="Every other plugin works as before."
        />
      </>
    );
  return (
    <>
      <PluginHeader plugin={found.plugin} />
      <InstanceEditor plugin={found.plugin} />
    </>
  );
}
