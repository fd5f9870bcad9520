import type { Metadata } from "next";
import { ApiView } from "@/components/api/ApiView";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "HTTP API" };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { apiDocument } = await getServer();
  const { about } = await searchParams;
  return <ApiView document={apiDocument()} about={[about].flat()[0]} />;
}
