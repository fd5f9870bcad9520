import type { LiveMessage } from "../../components/data/outputs";
import { connectClient } from "./client";

/** A message of the live stream, and when a viewer had it. Epoch milliseconds. */
export interface Received {
  readonly message: LiveMessage;
  readonly at: number;
}

export interface Viewers {
  /** Of each viewer, in order. */
  readonly received: readonly (readonly Received[])[];
  close(): void;
}

type Signed = Parameters<typeof connectClient>[0];

/** So many clients, each as an open tab is: a WebSocket, the typed live stream, every message read. */
export async function openViewers(unity: Signed, count: number): Promise<Viewers> {
  const opened = await Promise.all(Array.from({ length: count }, () => openViewer(unity)));
  return {
    received: opened.map(({ received }) => received),
    close: () => {
      for (const { close } of opened) close();
    },
  };
}

async function openViewer(unity: Signed): Promise<{ received: Received[]; close: () => void }> {
  const { api, close } = connectClient(unity);
  const received: Received[] = [];
  await new Promise<void>((started, failed) => {
    api.live.stream.subscribe(undefined, {
      onStarted: () => started(),
      onError: failed,
      onData: (message) => void received.push({ message, at: Date.now() }),
    });
  });
  return { received, close };
}
