import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Doorway } from "@/components/account/Doorway";
import { problemOf } from "@/components/account/provider-problem";
import { SignIn } from "@/components/account/SignIn";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { to, error } = await searchParams;
  const { caller } = await getServer();
  const [me, doors] = await Promise.all([caller.account.me(), caller.account.doors()]);
  const path = ownPath(to);
  if (me.role !== null) redirect(path);
  return (
    <Doorway title="Sign in to Unity">
      <SignIn to={path} provider={doors.provider} problem={problemOf(error, doors.provider)} />
    </Doorway>
  );
}

/** Somewhere in this Unity, and nowhere else. */
function ownPath(to: string | string[] | undefined): string {
  return typeof to === "string" && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(to) && !to.startsWith("/sign-in") ? to : "/";
}
