/** Objects that are read, by number: no MIB files are needed. RFC 3418 (system), 3411 (engine), 2863 (interfaces), 3635 (dot3). */
export const SYSTEM = {
  descr: "1.3.6.1.2.1.1.1.0",
  objectId: "1.3.6.1.2.1.1.2.0",
  upTime: "1.3.6.1.2.1.1.3.0",
  contact: "1.3.6.1.2.1.1.4.0",
  name: "1.3.6.1.2.1.1.5.0",
  location: "1.3.6.1.2.1.1.6.0",
  /** Seconds; unlike upTime it does not wrap after 497 days. */
  engineTime: "1.3.6.1.6.3.10.2.1.3.0",
} as const;

const IF = "1.3.6.1.2.1.2.2.1";
const IFX = "1.3.6.1.2.1.31.1.1.1";
const DOT3 = "1.3.6.1.2.1.10.7.2.1";

/** Columns by ifIndex. */
export const PORTS = {
  descr: `${IF}.2`,
  speed: `${IF}.5`,
  admin: `${IF}.7`,
  oper: `${IF}.8`,
  lastChange: `${IF}.9`,
  inOctets: `${IF}.10`,
  inUcast: `${IF}.11`,
  inNonUcast: `${IF}.12`,
  inDiscards: `${IF}.13`,
  inErrors: `${IF}.14`,
  outOctets: `${IF}.16`,
  outUcast: `${IF}.17`,
  outNonUcast: `${IF}.18`,
  outDiscards: `${IF}.19`,
  outErrors: `${IF}.20`,
} as const;

/** 64-bit counters and names: not with version 1. */
export const PORTS_X = {
  name: `${IFX}.1`,
  hcInOctets: `${IFX}.6`,
  hcInUcast: `${IFX}.7`,
  hcInMulticast: `${IFX}.8`,
  hcInBroadcast: `${IFX}.9`,
  hcOutOctets: `${IFX}.10`,
  hcOutUcast: `${IFX}.11`,
  hcOutMulticast: `${IFX}.12`,
  hcOutBroadcast: `${IFX}.13`,
  highSpeed: `${IFX}.15`,
  alias: `${IFX}.18`,
  duplex: `${DOT3}.19`,
} as const;

/** RFC 3621. Units by group; ports by group and port. */
export const POE = {
  detection: "1.3.6.1.2.1.105.1.1.1.6",
  nominal: "1.3.6.1.2.1.105.1.3.1.1.2",
  consumption: "1.3.6.1.2.1.105.1.3.1.1.4",
} as const;

/** RFC 3433, and names of RFC 6933. By entity. */
export const SENSORS = {
  type: "1.3.6.1.2.1.99.1.1.1.1",
  scale: "1.3.6.1.2.1.99.1.1.1.2",
  precision: "1.3.6.1.2.1.99.1.1.1.3",
  value: "1.3.6.1.2.1.99.1.1.1.4",
  status: "1.3.6.1.2.1.99.1.1.1.5",
} as const;
export const ENTITY_NAMES = { name: "1.3.6.1.2.1.47.1.1.1.1.7", descr: "1.3.6.1.2.1.47.1.1.1.1.2" } as const;

/** RFC 2790, and UCD-SNMP-MIB for load and processors of Unix systems. */
export const HOST = {
  cpu: "1.3.6.1.2.1.25.3.3.1.2",
  storageDescr: "1.3.6.1.2.1.25.2.3.1.3",
  storageUnits: "1.3.6.1.2.1.25.2.3.1.4",
  storageSize: "1.3.6.1.2.1.25.2.3.1.5",
  storageUsed: "1.3.6.1.2.1.25.2.3.1.6",
  /** Times 100, for 1, 5 and 15 minutes. */
  load: "1.3.6.1.4.1.2021.10.1.5",
} as const;
export const CPU_IDLE = "1.3.6.1.4.1.2021.11.11.0";
