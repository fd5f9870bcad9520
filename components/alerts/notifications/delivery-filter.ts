import { DELIVERY_STATES, type DeliveryState } from "./delivery-words";

/** What the log is narrowed to; "" is all. It lives in the address. */
export interface DeliveryFilter {
  readonly channel: string;
  readonly state: DeliveryState | "";
}

export const NO_DELIVERY_FILTER: DeliveryFilter = { channel: "", state: "" };
/** An id; a longer one is none, and the server would refuse it. */
const LONGEST_ID = 64;

export const stateOf = (text: string | null): DeliveryState | "" => DELIVERY_STATES.find((one) => one === text) ?? "";

export const parseDeliveryFilter = (params: { get(name: string): string | null }): DeliveryFilter => ({
  channel: (params.get("channel") ?? "").slice(0, LONGEST_ID),
  state: stateOf(params.get("state")),
});

/** The address of a filter; what else the address says stays. */
export function deliveryFilterParams(filter: DeliveryFilter, now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const key of ["channel", "state"] as const) {
    if (filter[key] === "") next.delete(key);
    else next.set(key, filter[key]);
  }
  return next;
}

/** What the server is asked for. */
export const deliveryInput = ({ channel, state }: DeliveryFilter) => ({
  ...(channel === "" ? {} : { channel }),
  ...(state === "" ? {} : { states: [state] }),
});
