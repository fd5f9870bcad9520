import { z } from "zod";
import { headerMap, secret } from "../sdk";

/** What each listens on unless told otherwise. */
const PORTS = { ipmi: 623, redfish: 443 } as const;
/** A name or address, and never an option of a command. */
const HOST = /^[A-Za-z0-9[:][A-Za-z0-9.:%_\]-]*$/;

export const config = z
  .object({
    protocol: z.enum(["ipmi", "redfish"]).default("ipmi").meta({
      title: "Protocol",
      description: "ipmi: IPMI 2.0, by ipmitool. redfish: HTTPS, on boards of the last ten years, and tells more.",
    }),
    host: z
      .string()
      .trim()
      .max(255)
      .regex(HOST, "This is no host.")
      .optional()
      .meta({ title: "Host", description: "The BMC's own address, not the machine's.", placeholder: "bmc.lab" }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({ title: "Port", description: "Empty: 623 (IPMI), 443 (Redfish)." }),
    username: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}]+$/u, "This is no user.")
      .optional()
      .meta({ title: "User" }),
    password: secret().max(200).optional().meta({ secret: true, title: "Password" }),
    interface: z.enum(["lanplus", "lan", "open"]).default("lanplus").meta({
      title: "IPMI: way in",
      description: "lanplus: IPMI 2.0, encrypted. lan: IPMI 1.5, in the clear. open: this machine's own /dev/ipmi0.",
    }),
    privilege: z.enum(["USER", "OPERATOR", "ADMINISTRATOR"]).default("USER").meta({
      title: "IPMI: privilege",
      description: "USER is enough for everything that is read.",
      advanced: true,
    }),
    cipherSuite: z.enum(["auto", "3", "17"]).default("auto").meta({
      title: "IPMI: cipher suite",
      description: "17 is SHA-256, 3 is SHA-1 for older boards.",
      advanced: true,
    }),
    kgKey: secret()
      .max(64)
      .optional()
      .meta({ secret: true, title: "IPMI: Kg key", description: "Where the BMC has one.", advanced: true }),
    sensorsExclude: z.array(z.string().max(100)).max(100).default([]).meta({
      title: "Excluded sensors",
      description: "Names or patterns, such as AUX*.",
    }),
    sel: z
      .boolean()
      .default(true)
      .meta({ title: "Event log", description: "Fill level, and critical entries of the last 24 hours." }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Sensors at most", advanced: true }),
    tls: z
      .object({
        verify: z.boolean().default(false).meta({
          title: "Verify the certificate",
          description:
            "Off, because BMCs sign their own: anyone in between could read the password. Better paste the BMC's certificate, and switch it on.",
        }),
        caPem: z.string().optional().meta({
          title: "Private CA",
          description: "PEM text; the BMC's own certificate will do.",
          format: "multiline",
        }),
        serverName: z
          .string()
          .optional()
          .meta({ title: "Server name", description: "SNI and name check; empty: the host." }),
      })
      .prefault({})
      .meta({ title: "TLS (Redfish)", advanced: true }),
    headers: headerMap(),
  })
  .superRefine((given, issues) => {
    const tell = (name: string, message: string) => issues.addIssue({ code: "custom", path: [name], message });
    const isLocal = given.protocol === "ipmi" && given.interface === "open";
    if (!isLocal && given.host === undefined) tell("host", "Which BMC?");
    if (given.protocol === "redfish" && (given.username === undefined || given.password === undefined))
      tell("username", "Redfish needs a user and a password.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

type Place = Pick<Config, "protocol" | "interface" | "host" | "port">;

export const isLocal = ({ protocol, interface: way }: Place) => protocol === "ipmi" && way === "open";
export const portOf = ({ protocol, port }: Place) => port ?? PORTS[protocol];

/** As it is said in messages and lists. */
export function placeOf(settings: Place): string {
  if (isLocal(settings)) return "/dev/ipmi0";
  const host = settings.host ?? "";
  const named = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return settings.port === undefined ? named : `${named}:${settings.port}`;
}
