import type { Metadata } from "next";
import { packInstances } from "@/components/data/pack-instances";
import { getServer } from "@/components/data/trpc-server";
import { InstanceList } from "@/components/instances/InstanceList";

export const metadata: Metadata = { title: "Instances" };

/** Stands behind the last row. */
const END = "end-of-instances";

export default async function Page() {
  const { caller } = await getServer();
  // Without them the browser asks itself, and says what is wrong.
  const instances = await caller.plugins.instances().catch(() => undefined);
  return (
    <>
      {/* One picture of the whole list is sooner there than one for each handful of rows that came in. */}
      <link rel="expect" href={`#${END}`} blocking="render" />
      <InstanceList packed={instances && packInstances(instances)} renderedAt={Date.now()} />
      <span id={END} hidden />
    </>
  );
}
