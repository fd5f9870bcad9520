import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InstanceEditor } from "@/components/catalogue/InstanceEditor";
import { PluginIcon } from "@/components/catalogue/PluginIcon";
import { getServer } from "@/components/data/trpc-server";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";

interface Props {
  readonly params: Promise<{ id: string }>;
}

const getInstance = cache(async (id: string) => {
  const { caller } = await getServer();
  const found = (await caller.plugins.instances()).find((instance) => instance.id === id);
  if (!found) notFound();
  const loaded = (await caller.plugins.catalogue()).some((entry) => entry.id === found.plugin && entry.broken === null);
  return {
    instance: await caller.plugins.instance({ id }),
    plugin: loaded ? await caller.plugins.definition({ id: found.plugin }) : null,
    rules: await caller.alerts.rules({ instance: id }),
  };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { instance } = await getInstance((await params).id);
  return { title: `Edit ${instance.name}` };
}

export default async function Page({ params }: Props) {
  const { instance, plugin, rules } = await getInstance((await params).id);
  return (
    <>
      <PageHeader
        title="Settings"
        parent={{ href: `/instances/${instance.id}`, name: instance.name }}
        status={<PluginIcon id={instance.plugin} size={22} className="text-accent" />}
        facts={instance.pluginName}
      />
      {plugin ? (
        // Saved, it is another form: what was typed is what is stored.
        <InstanceEditor key={JSON.stringify(instance)} plugin={plugin} instance={instance} rules={rules} />
      ) : (
        <ErrorState
          title={`The plugin ${instance.plugin} is not loaded`}
          message="Without it there is no form, and nothing is collected."
          hint="The catalogue says what is wrong with it."
        />
      )}
    </>
  );
}
