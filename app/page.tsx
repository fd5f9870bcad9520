import { getServer } from "@/components/data/trpc-server";

export default async function Page() {
  const { caller } = await getServer();
  const overview = await caller.plugins.overview();
  return <pre>{JSON.stringify(overview, null, 1)}</pre>;
}
