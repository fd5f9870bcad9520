import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

type Rule = AlertSpec<keyof typeof metrics>;

/** Bits in a byte: speeds are in bits, traffic in bytes. */
const NINE_TENTHS_IN_BYTES = 0.9 / 8;
const DIRECTIONS = ["receive", "transmit"] as const;

export const alerts: readonly Rule[] = [
  {
    id: "switch_port_down",
    metric: "snmp_interface_lost",
    when: { equals: 1 },
    forSeconds: minutes(2),
    severity: "warning",
    summary: "Port {{port}} {{alias}} of {{instance}} lost its link.",
  },
  ...DIRECTIONS.flatMap((direction): Rule[] => [
    {
      id: `switch_port_${direction}_errors`,
      metric: `snmp_interface_${direction}_errors_total`,
      when: { above: 1 },
      forSeconds: minutes(10),
      severity: "warning",
      summary: "Port {{port}} of {{instance}} has {{value}} errors: check cable, plugs and duplex.",
    },
    {
      id: `switch_port_${direction}_error_share`,
      metric: `snmp_interface_${direction}_errors_total`,
      when: { above: { metric: `snmp_interface_${direction}_packets_total`, times: 0.001 } },
      forSeconds: minutes(10),
      severity: "warning",
      summary: "Over 0.1 % of the packets at port {{port}} of {{instance}} are broken: check cable, plugs and duplex.",
    },
    {
      id: `switch_saturated_${direction}`,
      metric: `snmp_interface_${direction}_bytes_total`,
      when: { above: { metric: "snmp_interface_speed_bits_per_second", times: NINE_TENTHS_IN_BYTES } },
      forSeconds: minutes(10),
      severity: "warning",
      summary: "Port {{port}} of {{instance}} is used to over 90 % of its speed.",
    },
  ]),
  {
    id: "switch_rebooted",
    metric: "snmp_uptime_seconds",
    when: { below: 600 },
    severity: "info",
    summary: "{{instance}} was restarted {{value}} ago.",
  },
];
