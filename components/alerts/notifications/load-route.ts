import "server-only";
import { cache } from "react";
import type { Route } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

export const loadRoute = cache(async (id: string): Promise<Route | null> => {
  const { caller } = await getServer();
  return (await caller.notifications.routes()).find((one) => one.id === id) ?? null;
});
