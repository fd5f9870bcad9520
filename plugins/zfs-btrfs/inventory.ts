import { type Inventory, toLabel } from "../sdk";
import type { Pool } from "./pool";

/** Pools and devices as lists, with what the system says is wrong. */
export function describePools(pools: readonly Pool[], maxItems: number): Inventory {
  return {
    facts: { pools: pools.length, devices: pools.reduce((sum, { devices }) => sum + devices.length, 0) },
    lists: {
      pools: pools.map(({ name, fs, state, status, space }) => ({
        pool: toLabel(name),
        fs,
        state: toLabel(state),
        sizeBytes: space.size ?? null,
        status: status === undefined ? null : toLabel(status.slice(0, 400)),
      })),
      devices: pools.flatMap(({ name, devices }) =>
        devices.slice(0, maxItems).map((device) => ({
          device: toLabel(device.name),
          pool: toLabel(name),
          state: toLabel(device.state),
          errors: Object.values(device.errors).reduce((sum, count) => sum + count, 0),
        })),
      ),
    },
  };
}
