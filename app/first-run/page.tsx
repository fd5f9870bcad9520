import type { Metadata } from "next";
import { Doorway } from "@/components/account/Doorway";
import { FirstRun } from "@/components/account/FirstRun";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Welcome", robots: { index: false } };

export default async function Page() {
  const { caller } = await getServer();
  const { needsToken } = await caller.account.doors();
  return (
    <Doorway
      title="Welcome to Unity"
      lead="It watches this machine already. Choose how you sign in, and see what it found."
    >
      <FirstRun needsToken={needsToken} />
    </Doorway>
  );
}
