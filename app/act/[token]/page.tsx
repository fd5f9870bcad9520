import type { Metadata } from "next";
import { ActionLink } from "@/components/alerts/ActionLink";
import { getServer } from "@/components/data/trpc-server";

// Other sites hear of no link. With "no-referrer" a browser would say of the button's own request that it comes from nowhere.
export const metadata: Metadata = { title: "Alert", referrer: "same-origin", robots: { index: false } };

interface Props {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where a message's link leads. Looking does nothing: the button does. */
export default async function Page({ params, searchParams }: Props) {
  const { token } = await params;
  const { done } = await searchParams;
  const { caller } = await getServer();
  const link = await caller.notifications.link({ token: token.slice(0, 200) });
  return <ActionLink token={token} link={link} justDone={done !== undefined && link.state === "used"} />;
}
