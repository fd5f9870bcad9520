"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getAuth } from "./post-auth";

export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds; null where it is not known. */
  readonly createdAt: number | null;
  /** It is kept by an account of its maker, and is on that account's other devices too. */
  readonly synced: boolean;
}

/** As better-auth lists them. */
interface Listed {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string | number | null;
  readonly backedUp?: boolean;
}

const KEY = ["passkeys"];

/** One's own, the newest first. */
export function usePasskeys() {
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<Passkey[]> => {
      const answer = await getAuth<Listed[]>("/api/auth/passkey/list-user-passkeys");
      if (!answer.ok) throw new Error(answer.message);
      return answer.body
        .map(({ id, name, createdAt, backedUp }) => ({
          id,
          name: name?.trim() || "Passkey",
          createdAt: createdAt ? new Date(createdAt).getTime() : null,
          synced: backedUp === true,
        }))
        .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
    },
  });
  return { passkeys: query.data, error: query.error, refresh: () => queryClient.invalidateQueries({ queryKey: KEY }) };
}
