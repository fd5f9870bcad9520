import { expect, test } from "vitest";
import { deliveryFilterParams, deliveryInput, NO_DELIVERY_FILTER, parseDeliveryFilter } from "./delivery-filter";

test("a filter comes back from its address, and what else stands there stays", () => {
  const filter = { channel: "c1", state: "failed" } as const;
  const params = deliveryFilterParams(filter, new URLSearchParams("tab=x"));
  expect(params.toString()).toBe("tab=x&channel=c1&state=failed");
  expect(parseDeliveryFilter(params)).toEqual(filter);
  expect(deliveryFilterParams(NO_DELIVERY_FILTER, params).toString()).toBe("tab=x");
});

test("an address that names nonsense narrows nothing", () => {
  expect(parseDeliveryFilter(new URLSearchParams("state=<b>"))).toEqual(NO_DELIVERY_FILTER);
  expect(deliveryInput(NO_DELIVERY_FILTER)).toEqual({});
  expect(deliveryInput({ channel: "c1", state: "sent" })).toEqual({ channel: "c1", states: ["sent"] });
});
