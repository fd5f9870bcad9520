import { z } from "zod";
import { labelItems, type Report, readPart, readPartEvery } from "../sdk";
import type { Ask, Context } from "./api";
import type { metrics } from "./metrics";
import { Completion, type Connection, Connections, Device, DeviceStatistics, parseInstant } from "./parse";

type Reported = Report<typeof metrics>;

const DAY_MS = 86_400_000;

interface Seen {
  readonly id: string;
  readonly label: string;
  readonly paused: boolean;
  readonly connection: Connection | undefined;
  /** Seconds since 1970. */
  readonly lastSeen: number | undefined;
}

/** The other devices; the own one is in the lists as well, and is left out. */
export async function readDevices(context: Context, ask: Ask, ownId: string, report: Reported) {
  const { config, now } = context;
  const configured = await ask(z.array(Device), "/rest/config/devices");
  const { connections } = await ask(Connections, "/rest/system/connections");
  const statistics = await readPart(context, report, () => ask(DeviceStatistics, "/rest/stats/device"));

  const others = configured.filter(({ deviceID }) => deviceID !== ownId);
  const named = labelItems(others, { name: ({ name }) => name, id: ({ deviceID }) => deviceID.slice(0, 7) });
  const devices = named.map(
    ({ label, item: { deviceID, paused } }): Seen => ({
      id: deviceID,
      label,
      paused,
      connection: Object.hasOwn(connections, deviceID) ? connections[deviceID] : undefined,
      lastSeen: parseInstant(Object.hasOwn(statistics ?? {}, deviceID) ? (statistics?.[deviceID]?.lastSeen ?? "") : ""),
    }),
  );
  const shown = devices.slice(0, config.maxItems);
  report("syncthing_devices_truncated", devices.length > shown.length ? 1 : 0);
  for (const state of ["connected", "disconnected", "paused"] as const)
    report("syncthing_devices", devices.filter((device) => stateOf(device) === state).length, { state });
  for (const device of shown) reportDevice(report, device, now - config.deviceOfflineDays * DAY_MS);

  await readPartEvery(context, report, { key: "devices", seconds: config.statusIntervalSeconds }, async () => {
    for (const { id, label: device } of shown.filter((one) => stateOf(one) === "connected")) {
      const { completion } = await ask(Completion, `/rest/db/completion?device=${encodeURIComponent(id)}`);
      if (completion !== undefined)
        report("syncthing_device_completion_ratio", Math.min(1, Math.max(0, completion / 100)), { device });
    }
  });
  return shown.map((device) => ({
    device: device.label,
    id: device.id.slice(0, 7),
    state: stateOf(device),
    via: device.connection?.type || null,
    version: device.connection?.clientVersion || null,
    lastSeenAt: device.lastSeen === undefined ? null : device.lastSeen * 1_000,
  }));
}

function stateOf({ paused, connection }: Seen): "connected" | "disconnected" | "paused" {
  if (paused) return "paused";
  return connection?.connected ? "connected" : "disconnected";
}

function reportDevice(report: Reported, seen: Seen, goneBefore: number): void {
  const { label: device, connection, lastSeen } = seen;
  const state = stateOf(seen);
  if (lastSeen !== undefined) {
    report("syncthing_device_last_seen_timestamp_seconds", lastSeen, { device });
    const gone = state === "disconnected" && lastSeen * 1_000 < goneBefore;
    report("syncthing_device_gone", gone ? 1 : 0, { device });
  }
  if (state === "paused") return;
  report("syncthing_device_connected", state === "connected" ? 1 : 0, { device });
  // What is not connected has counters of 0, which would look like a restart.
  if (state !== "connected" || !connection) return;
  report("syncthing_device_relayed", connection.type.startsWith("relay") ? 1 : 0, { device });
  if (connection.inBytesTotal !== undefined)
    report("syncthing_received_bytes_total", connection.inBytesTotal, { device });
  if (connection.outBytesTotal !== undefined)
    report("syncthing_sent_bytes_total", connection.outBytesTotal, { device });
}
