import { v5 as createNamedId } from "uuid";
import type { Message } from "../shapes/message";
import type { DeliveryState } from "../shapes/route";
import type { Tell } from "./decide";

/** A message on its way to one channel. */
export interface Delivery {
  readonly id: string;
  readonly channelId: string;
  readonly groupKey: string;
  readonly state: DeliveryState;
  /** Not to be sent before. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly message: Message;
  readonly told: Told;
  /** What the channel said to the last attempt. */
  readonly answer: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** What it is made of: by which route, and what it says. */
export interface Told {
  readonly routeId: string;
  readonly tells: readonly Tell[];
  readonly others: number;
}

const IDS = "5f0b7c1e-3a0e-5d6b-9d43-7b1c2e8f4a10";

/**
 * The same for the same thing said to the same channel, so that whoever decides it again, after a crash or in another process, makes
 * the same message. @param turn tells repetitions apart
 */
export function nameDelivery(channelId: string, said: readonly Tell[], turn: string): string {
  const parts = said.map(({ event, alert }) => `${alert.id} ${event}`).sort();
  return createNamedId(JSON.stringify([channelId, turn, parts]), IDS);
}
