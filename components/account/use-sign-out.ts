"use client";

import { signOutBy } from "@/components/data/signed-out";
import { useToast } from "@/components/ui/Toast";
import { postAuth } from "./post-auth";

/** Ends the session of this browser; nothing that was loaded for it stays. */
export function useSignOut(): () => Promise<void> {
  const toast = useToast();
  return async () => {
    const answer = await signOutBy(() => postAuth("/api/auth/sign-out"));
    if (!answer.ok) toast({ tone: "bad", text: `You are still signed in: ${answer.message}` });
  };
}
