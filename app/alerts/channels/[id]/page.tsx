import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChannelEditor } from "@/components/alerts/channels/ChannelEditor";
import { loadChannel } from "@/components/alerts/channels/load-channel";
import { PageHeader } from "@/components/ui/PageHeader";

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadChannel((await params).id))?.channel.name ?? "Not found" };
}

export default async function Page({ params }: Props) {
  const loaded = await loadChannel((await params).id);
  if (!loaded) notFound();
  const { channel, kind } = loaded;
  return (
    <>
      <PageHeader title={channel.name} parent={{ href: "/alerts/channels", name: "Channels" }} facts={kind.title} />
      {/* Saved, it is another form: what was typed is what is stored. */}
      <ChannelEditor key={channel.updatedAt} kind={kind} channel={channel} />
    </>
  );
}
