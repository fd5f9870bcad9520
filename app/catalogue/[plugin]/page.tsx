import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InstanceEditor } from "@/components/catalogue/InstanceEditor";
import { PluginAbout } from "@/components/catalogue/PluginAbout";
import { PluginHeader } from "@/components/catalogue/PluginHeader";
import { orNull } from "@/components/data/or-null";
import { getServer } from "@/components/data/trpc-server";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";

interface Props {
  readonly params: Promise<{ plugin: string }>;
  /** `found` names a service that was found on this machine: the form is filled in with it. */
  readonly searchParams: Promise<{ found?: string | string[] }>;
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

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const found = await getPlugin((await params).plugin);
  return { title: found.loaded ? `Add ${found.plugin.name}` : found.id };
}

async function getProposal(plugin: string, key: string | string[] | undefined) {
  if (typeof key !== "string" || key === "") return undefined;
  const { caller } = await getServer();
  const proposal = await orNull(caller.discovery.proposal({ key }));
  return proposal?.plugin === plugin ? proposal : undefined;
}

export default async function Page({ params, searchParams }: Props) {
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
  const { caller } = await getServer();
  const { permissions } = await caller.account.me();
  if (!permissions.includes("administer"))
    return (
      <>
        <PluginHeader plugin={found.plugin} />
        <PluginAbout plugin={found.plugin} />
      </>
    );
  const proposal = await getProposal(found.plugin.id, (await searchParams).found);
  return (
    <>
      <PluginHeader plugin={found.plugin} />
      <InstanceEditor plugin={found.plugin} proposal={proposal} />
    </>
  );
}
