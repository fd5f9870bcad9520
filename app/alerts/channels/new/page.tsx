import type { Metadata } from "next";
import { ChannelEditor } from "@/components/alerts/channels/ChannelEditor";
import { KindChoice } from "@/components/alerts/channels/KindChoice";
import { getServer } from "@/components/data/trpc-server";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "New channel" };

interface Props {
  readonly searchParams: Promise<{ kind?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const { kind: wanted } = await searchParams;
  const { caller } = await getServer();
  const kinds = await caller.channels.kinds();
  const kind = kinds.find((one) => one.kind === wanted);
  return kind ? (
    <>
      <PageHeader title={`Add ${kind.title}`} parent={{ href: "/alerts/channels/new", name: "New channel" }} />
      <ChannelEditor key={kind.kind} kind={kind} />
    </>
  ) : (
    <>
      <PageHeader title="New channel" parent={{ href: "/alerts/channels", name: "Channels" }} />
      <KindChoice kinds={kinds} />
    </>
  );
}
