import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getServer } from "@/components/data/trpc-server";
import { InstanceView } from "@/components/instance/InstanceView";
import { titleOf } from "@/components/instance/instance-title";
import { loadInstance } from "@/components/instance/load-instance";
import { tabOf } from "@/components/instance/tabs";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const detail = await loadInstance(id);
  return { title: detail ? titleOf(detail) : "Not found" };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { tab } = await searchParams;
  if (!(await loadInstance(id, tabOf(tab)))) notFound();
  const { queryClient } = await getServer();
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <InstanceView id={id} rendered={Date.now()} />
    </HydrationBoundary>
  );
}
