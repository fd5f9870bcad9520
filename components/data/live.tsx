"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { followServerClock, serverNow } from "@/components/ui/use-now";
import { applyToInstance, applyToInstances, applyToOverview, changesHealth } from "./apply-live";
import type { LiveMessage } from "./outputs";
import { leaveForSignIn } from "./signed-out";
import { useTRPC } from "./trpc";

/** How this tab hears of new data. `polling`: a proxy refuses WebSocket, so the page asks by itself. */
export type Connection = "connecting" | "live" | "polling" | "lost";

interface Live {
  readonly connection: Connection;
  /** When the connection was lost; null while it is there. Epoch milliseconds. */
  readonly lostAt: number | null;
  /** Hears every message after the query cache has it. */
  listen(listener: (message: LiveMessage) => void): () => void;
}

const LiveContext = createContext<Live>({ connection: "connecting", lostAt: null, listen: () => () => {} });
export const useLive = () => useContext(LiveContext);

/** A message burst asks for lists once. */
const REFRESH_MS = 400;
/** Without a first connection in this time, WebSocket is taken to be refused. */
const REFUSED_AFTER_MS = 6_000;
const POLL_MS = 5_000;
/** However busy the page is, it is live after this. */
const SETTLED_MS = 1_000;

/** The one subscription of a tab: messages go into the query cache that the server filled. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const listeners = useRef(new Set<(message: LiveMessage) => void>());
  const refresh = useRefresh();
  const refreshAlerts = useAlertRefresh();

  const take = useCallback(
    (message: LiveMessage) => {
      followServerClock(message.at);
      const overview = queryClient.getQueryData(trpc.plugins.overview.queryKey());
      if (message.alerts || message.changed) refreshAlerts();
      if (message.changed || (overview && changesHealth(overview.instances, message))) refresh();
      queryClient.setQueryData(trpc.plugins.overview.queryKey(), (old) => old && applyToOverview(old, message));
      queryClient.setQueryData(trpc.plugins.instances.queryKey(), (old) => old && applyToInstances(old, message));
      for (const { instanceId } of message.statuses) {
        queryClient.setQueryData(
          trpc.plugins.instance.queryKey({ id: instanceId }),
          (old) => old && applyToInstance(old, message),
        );
      }
      for (const listener of listeners.current) listener(message);
    },
    [queryClient, trpc, refresh, refreshAlerts],
  );

  const enabled = useSettled();
  const subscription = useSubscription(trpc.live.stream.subscriptionOptions(undefined, { enabled, onData: take }));
  const socket = useConnection(subscription.status);
  const unanswered = usePolling(socket.connection === "polling");
  const connection = unanswered === null ? socket.connection : "lost";
  useStillSignedIn(connection === "lost");
  const lostAt = unanswered ?? socket.lostAt;

  const listen = useCallback((listener: (message: LiveMessage) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const live = useMemo(() => ({ connection, lostAt, listen }), [connection, lostAt, listen]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/**
 * True once the browser has taken over the page that the server rendered. A message before that would change what is being taken
 * over, and React would throw the server's work away.
 */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const settle = () => setSettled(true);
    // Not every browser tells when it is idle.
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(settle, SETTLED_MS);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(settle, { timeout: SETTLED_MS });
    return () => cancelIdleCallback(handle);
  }, []);
  return settled;
}

function useConnection(status: "idle" | "connecting" | "pending" | "error"): Pick<Live, "connection" | "lostAt"> {
  const [state, setState] = useState<{ connection: Connection; lostAt: number | null }>({
    connection: "connecting",
    lostAt: null,
  });
  const queryClient = useQueryClient();
  const wasLive = useRef(false);
  useEffect(() => {
    if (status === "pending") {
      // What happened while the connection was away is read once, then messages go on.
      if (wasLive.current) void queryClient.invalidateQueries();
      wasLive.current = true;
      setState({ connection: "live", lostAt: null });
      return;
    }
    if (status === "idle") return;
    if (wasLive.current)
      setState((old) => (old.connection === "lost" ? old : { connection: "lost", lostAt: serverNow() }));
    const timer = setTimeout(() => {
      if (!wasLive.current) setState({ connection: "polling", lostAt: null });
    }, REFUSED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [status, queryClient]);
  return state;
}

/** A connection is also lost when its session is ended: then there is nothing to wait for. */
function useStillSignedIn(lost: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!lost) return;
    const ask = () =>
      queryClient.fetchQuery(trpc.account.me.queryOptions(undefined, { staleTime: 0, retry: false })).then(
        ({ role }) => role === null && leaveForSignIn(),
        // Nobody answers: the connection says so already.
        () => undefined,
      );
    void ask();
    const timer = setInterval(() => void ask(), POLL_MS);
    return () => clearInterval(timer);
  }, [lost, trpc, queryClient]);
}

/** Lists and details are read again, once per burst. */
function useRefresh(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useBurst(() => {
    void queryClient.invalidateQueries(trpc.plugins.pathFilter());
    // What is watched is not proposed.
    void queryClient.invalidateQueries(trpc.discovery.found.queryFilter());
  });
}

/** What fires, what is done about it, by which rules, and what is silent. Long lists of the past read themselves again. */
function useAlertRefresh(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useBurst(() => {
    const past = new Set(queryClient.getQueryCache().findAll(trpc.alerts.past.pathFilter()));
    void queryClient.invalidateQueries({ ...trpc.alerts.pathFilter(), predicate: (query) => !past.has(query) });
    // What is silent is told in the same word, and how much of it mutes follows from what fires.
    void queryClient.invalidateQueries(trpc.silences.pathFilter());
  });
}

/** Does it once for all calls that come close together. */
function useBurst(work: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(work);
  newest.current = work;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => newest.current(), REFRESH_MS);
  }, []);
}

/** Asks again and again. @returns since when nobody answers, null while somebody does. Epoch milliseconds */
function usePolling(active: boolean): number | null {
  const queryClient = useQueryClient();
  const [unanswered, setUnanswered] = useState<number | null>(null);
  useEffect(() => {
    if (!active) return setUnanswered(null);
    const poll = async () => {
      if (await answers()) {
        setUnanswered(null);
        await queryClient.invalidateQueries({ refetchType: "active" });
      } else setUnanswered((old) => old ?? serverNow());
    };
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => clearInterval(timer);
  }, [active, queryClient]);
  return unanswered;
}

/** Queries keep what they had when they fail, so they cannot tell. A proxy in front answers for a dead server, but not with 200. */
const answers = (): Promise<boolean> =>
  fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(POLL_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
