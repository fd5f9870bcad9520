import type { Metrics } from "../sdk";

const perPort = { kind: "gauge", labels: ["port"] } as const;
const counter = { kind: "counter", unit: "count", labels: ["port"] } as const;
const perSensor = { kind: "gauge", labels: ["sensor"] } as const;
const perStorage = { kind: "gauge", unit: "bytes", labels: ["storage"] } as const;

export const metrics = {
  snmp_uptime_seconds: { kind: "gauge", unit: "seconds", description: "Since the device, or its SNMP agent, started." },
  snmp_interface_up: {
    kind: "gauge",
    unit: "bool",
    labels: ["port", "alias"],
    description: "1 when the port has a link.",
  },
  snmp_interface_admin_up: { ...perPort, unit: "bool", description: "1 when the port is switched on in the settings." },
  snmp_interface_lost: {
    kind: "gauge",
    unit: "bool",
    labels: ["port", "alias"],
    description: "1 when an enabled port has no link and had one within the last day.",
  },
  snmp_interface_speed_bits_per_second: { ...perPort, unit: "bits_per_second", description: "Speed of the link." },
  snmp_interface_receive_bytes_total: { ...counter, unit: "bytes", description: "Bytes received." },
  snmp_interface_transmit_bytes_total: { ...counter, unit: "bytes", description: "Bytes sent." },
  snmp_interface_receive_packets_total: { ...counter, description: "Packets received, to one, many or all." },
  snmp_interface_transmit_packets_total: { ...counter, description: "Packets sent, to one, many or all." },
  snmp_interface_receive_errors_total: {
    ...counter,
    description: "Packets received that were broken: cable, plug or duplex.",
  },
  snmp_interface_transmit_errors_total: { ...counter, description: "Packets that could not be sent for errors." },
  snmp_interface_receive_discards_total: { ...counter, description: "Good packets received that were dropped." },
  snmp_interface_transmit_discards_total: {
    ...counter,
    description: "Packets dropped instead of sent, mostly because the port is too slow.",
  },
  snmp_interface_last_change_timestamp_seconds: {
    ...perPort,
    unit: "timestamp_seconds",
    description: "When the link last came or went. Absent when that was before the agent started.",
  },
  snmp_interface_half_duplex: {
    ...perPort,
    unit: "bool",
    description: "1 when the link is half duplex: mostly a fault of negotiation.",
  },
  snmp_ports: {
    kind: "gauge",
    unit: "count",
    labels: ["state"],
    description: "Ports by state; disabled are those switched off in the settings.",
  },
  snmp_poe_power_watts: {
    kind: "gauge",
    unit: "watts",
    description: "Power over Ethernet that is drawn, of all units.",
  },
  snmp_poe_nominal_watts: { kind: "gauge", unit: "watts", description: "Power over Ethernet there is, of all units." },
  snmp_poe_ports: {
    kind: "gauge",
    unit: "count",
    labels: ["state"],
    description: "Ports that can feed by what they do: deliveringPower, searching, fault and so on.",
  },
  snmp_sensor_celsius: { ...perSensor, unit: "celsius", description: "Temperature." },
  snmp_sensor_rpm: { ...perSensor, unit: "rpm", description: "Speed of a fan." },
  snmp_sensor_volts: { ...perSensor, unit: "volts", description: "Voltage." },
  snmp_sensor_watts: { ...perSensor, unit: "watts", description: "Power." },
  snmp_cpu_usage_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels: ["cpu"],
    min: 0,
    max: 1,
    description: "Use of a processor over the last minute, or of all where only that is told.",
  },
  snmp_storage_used_bytes: { ...perStorage, description: "Used space of memory, swap or a file system." },
  snmp_storage_size_bytes: { ...perStorage, description: "Size of memory, swap or a file system." },
  snmp_load: { kind: "gauge", unit: "count", labels: ["window"], description: "Load average of a Unix system." },
  snmp_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more ports, sensors or storages than the limit.",
  },
  snmp_info: {
    kind: "info",
    unit: "count",
    labels: ["name", "descr", "location", "object_id"],
    description: "What the device says it is.",
  },
} as const satisfies Metrics;
