import { z } from "zod";
import { secret } from "../sdk";

const text = (max: number) => z.string().trim().min(1).max(max);
/** A Unix socket by its path, or host:port. */
const MANAGEMENT = /^(\/[^\0]+|(\[[0-9a-f:.%]+\]|[^\s:/]+):\d{1,5})$/i;

export const config = z
  .object({
    type: z.enum(["wireguard", "openvpn"]).default("wireguard").meta({ title: "VPN" }),
    interfaces: z.array(text(60)).max(50).default([]).meta({
      title: "Interfaces",
      description:
        "Of WireGuard, names or patterns; one that is not there is down. Empty: all. Of OpenVPN, the name it is shown by.",
      placeholder: "wg0",
    }),
    peerNames: z.record(text(200), text(100)).default({}).meta({
      title: "Peers",
      description: "Public key, or OpenVPN's common name, to the name it is shown by. These alert when they are away.",
    }),
    staleAfterSeconds: z.int().min(30).max(86_400).default(180).meta({
      title: "Away after",
      description: "Seconds since the last handshake. With traffic or a keepalive there is one every two minutes.",
    }),
    minPeers: z.int().min(0).max(10_000).default(0).meta({
      title: "Peers at least",
      description: "Alert when fewer are connected. 0: never.",
    }),
    management: text(500).regex(MANAGEMENT, "Write it as /run/openvpn/server.sock or 127.0.0.1:7505.").optional().meta({
      title: "Management interface",
      description: "Of OpenVPN: a Unix socket, or host:port.",
      placeholder: "/run/openvpn/server.sock",
    }),
    managementPassword: secret().optional().meta({ secret: true, title: "Its password" }),
    statusFile: text(1_000)
      .regex(/^\/[^\0]*$/, "Begin it with /.")
      .optional()
      .meta({
        title: "Status file",
        description: "Of OpenVPN, where there is no management interface.",
        placeholder: "/run/openvpn-server/status-server.log",
      }),
    useSudo: z.boolean().default(false).meta({
      title: "Use sudo",
      description: "For wg, which only root may use. The plugin's page has the line for sudoers.",
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Peers at most", advanced: true }),
  })
  .superRefine(({ type, management, managementPassword, statusFile }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", path: [field], message });
    if (type === "openvpn" && (management === undefined) === (statusFile === undefined))
      tell("management", "OpenVPN wants a management interface or a status file, one of them.");
    if (type === "wireguard" && (management ?? statusFile) !== undefined)
      tell("type", "A management interface and a status file belong to OpenVPN.");
    if (managementPassword !== undefined && /[\r\n]/.test(managementPassword))
      tell("managementPassword", "The password must be one line.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
