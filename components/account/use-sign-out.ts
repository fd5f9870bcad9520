"use client";

import { useToast } from "@/components/ui/Toast";
import { postAuth } from "./post-auth";

/** Ends the session of this browser; nothing that was loaded for it stays. */
export function useSignOut(): () => Promise<void> {
  const toast = useToast();
  return async () => {
    const answer = await postAuth("/api/auth/sign-out");
    if (answer.ok) window.location.assign("/sign-in");
    else toast({ tone: "bad", text: `You are still signed in: ${answer.message}` });
  };
}
