import { z } from "zod";
import { secret, serviceUrl, tlsOptions } from "../sdk";

const text = (max: number) => z.string().trim().min(1).max(max);
const path = () => text(1_000).regex(/^\/[^\0]*$/, "Begin it with /.");
const names = () => z.array(text(200)).max(500).default([]);

export const config = z
  .object({
    type: z
      .enum(["tailscale", "zerotier", "netbird", "nebula", "wireguard"])
      .default("tailscale")
      .meta({ title: "Mesh" }),
    socket: path().default("/var/run/tailscale/tailscaled.sock").meta({
      title: "Tailscale's socket",
      advanced: true,
    }),
    url: serviceUrl().optional().meta({
      title: "Address",
      description: "Of ZeroTier's service, or of Nebula's statistics.",
      placeholder: "http://127.0.0.1:9993",
    }),
    authToken: secret().optional().meta({
      secret: true,
      title: "ZeroTier's token",
      description: "Empty: it is read from the file below.",
    }),
    authTokenPath: path().default("/var/lib/zerotier-one/authtoken.secret").meta({
      title: "File of the token",
      advanced: true,
    }),
    interface: text(60).optional().meta({
      title: "Interface",
      description: "Of WireGuard.",
      placeholder: "wg0",
    }),
    peerNames: z.record(text(200), text(100)).default({}).meta({
      title: "Names of peers",
      description: "ZeroTier's address, or WireGuard's public key, to the name it is shown by.",
      advanced: true,
    }),
    expectedPeers: names().meta({
      title: "Expected peers",
      description: "Names that alert when they are offline.",
      placeholder: "nas",
    }),
    ignorePeers: names().meta({ title: "Ignored peers", description: "Names or patterns, such as phone-*." }),
    keyExpiryDays: z.int().min(1).max(365).default(14).meta({
      title: "Warn before a key expires",
      description: "Days.",
    }),
    staleAfterSeconds: z.int().min(30).max(86_400).default(180).meta({
      title: "Offline after",
      description: "Seconds since the last handshake, of WireGuard.",
      advanced: true,
    }),
    useSudo: z.boolean().default(false).meta({
      title: "Use sudo",
      description: "For wg and netbird. The plugin's page has the lines for sudoers.",
    }),
    tls: tlsOptions(),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Peers at most", advanced: true }),
  })
  .superRefine(({ type, url, interface: device }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", path: [field], message });
    if (type === "nebula" && url === undefined)
      tell("url", "Nebula needs the address of its statistics, as http://127.0.0.1:8080/metrics.");
    if (type === "wireguard" && device === undefined) tell("interface", "Name the interface of the mesh.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
