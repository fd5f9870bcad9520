import { z } from "zod";

/** Shapes of Syncthing's REST API, of which only the fields read stand here. docs.syncthing.net, 1.19 to 2. */

const amount = z
  .number()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);
const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? "");
const flag = z
  .boolean()
  .nullish()
  .catch(undefined)
  .transform((value) => value === true);
/** Something that may have failed, by name. */
const faults = z
  .record(z.string(), z.object({ error: z.string().nullish() }))
  .nullish()
  .catch(undefined);

export const System = z.object({
  myID: z.string(),
  uptime: amount,
  sys: amount,
  alloc: amount,
  connectionServiceStatus: faults,
  discoveryStatus: faults,
  /** Until 1.2x: only what fails. */
  discoveryErrors: z.record(z.string(), z.string()).nullish().catch(undefined),
});
export type System = z.output<typeof System>;

export const Version = z.object({ version: text, os: text, arch: text });

export const Folder = z.object({ id: z.string(), label: text, type: text, paused: flag, path: text });
export type Folder = z.output<typeof Folder>;

export const Device = z.object({ deviceID: z.string(), name: text, paused: flag });
export type Device = z.output<typeof Device>;

const Connection = z.object({
  connected: flag,
  address: text,
  type: text,
  clientVersion: text,
  inBytesTotal: amount,
  outBytesTotal: amount,
});
export type Connection = z.output<typeof Connection>;
export const Connections = z.object({ connections: z.record(z.string(), Connection) });

export const Status = z.object({
  state: text,
  error: text,
  globalBytes: amount,
  localBytes: amount,
  needBytes: amount,
  needTotalItems: amount,
  needFiles: amount,
  needDeletes: amount,
  pullErrors: amount,
  errors: amount,
  receiveOnlyTotalItems: amount,
});
export type Status = z.output<typeof Status>;

export const Completion = z.object({ completion: amount });
export const DeviceStatistics = z.record(z.string(), z.object({ lastSeen: text }));
export const FolderStatistics = z.record(z.string(), z.object({ lastScan: text }));
export const Errors = z.object({ errors: z.array(z.unknown()).nullish() });

/** Seconds since 1970; undefined for the years 1 and 1970, by which Syncthing means never. */
export function parseInstant(text: string): number | undefined {
  const at = Date.parse(text) / 1_000;
  return Number.isFinite(at) && at > 86_400 ? at : undefined;
}
