import { NOTHING_RECEIVED, type PushRefusal, type Received } from "../../plugins/sdk/context";

/** What became of a push, counted in samples. */
export interface Receipt {
  readonly kept: number;
  readonly leftOut: number;
  readonly refused: Readonly<Record<PushRefusal, number>>;
  /** The first few, in words. */
  readonly remarks: readonly string[];
}

/** How a push came. */
export interface Arrival {
  readonly protocol: string;
  readonly program: string;
  readonly address: string;
}

/** Who pushed within the past days is shown; more than a few of one token are one too many. */
const MOST_SENDERS = 10;

/** What came into each instance since the start of this process. */
export function createReceipts() {
  const instances = new Map<string, Received>();
  const of = (instanceId: string): Received => instances.get(instanceId) ?? NOTHING_RECEIVED;
  return {
    of,
    note(instanceId: string, receipt: Receipt, arrival: Arrival, at: number): void {
      const before = of(instanceId);
      const refused = { ...before.refused };
      for (const [reason, count] of Object.entries(receipt.refused)) refused[reason as PushRefusal] += count;
      const others = before.senders.filter(
        ({ protocol, program, address }) =>
          protocol !== arrival.protocol || program !== arrival.program || address !== arrival.address,
      );
      instances.set(instanceId, {
        lastAt: at,
        requests: before.requests + 1,
        samples: before.samples + receipt.kept,
        refused,
        leftOut: before.leftOut + receipt.leftOut,
        fullAt: receipt.refused.too_many_series > 0 ? at : before.fullAt,
        series: 0,
        senders: [{ ...arrival, lastAt: at }, ...others].slice(0, MOST_SENDERS),
      });
    },
    /** Another process took a push. */
    heard(instanceId: string, at: number, samples: number): void {
      const before = of(instanceId);
      instances.set(instanceId, { ...before, lastAt: at, samples: before.samples + samples });
    },
    forget: (instanceId: string) => void instances.delete(instanceId),
  };
}

export const noRefusals = (): Record<PushRefusal, number> => ({ ...NOTHING_RECEIVED.refused });
