import { z } from "zod";
import { secret } from "../sdk";

const MODULES = ["system", "interfaces", "poe", "entity", "host"] as const;

export const config = z
  .object({
    host: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .regex(/^[^\s/]+$/, "A name or an IP address, without a port.")
      .meta({ title: "Host", placeholder: "switch.lab" }),
    port: z.int().min(1).max(65_535).default(161).meta({ title: "UDP port" }),
    version: z.enum(["1", "2c", "3"]).default("2c").meta({
      title: "SNMP version",
      description: "3 has users and encryption. 1 lacks 64-bit counters and is slow.",
    }),
    community: secret().optional().meta({
      secret: true,
      title: "Community",
      description: "Versions 1 and 2c. Empty: public. It crosses the network in plain text.",
    }),
    username: z.string().max(32).optional().meta({ title: "User", description: "Version 3." }),
    securityLevel: z.enum(["noAuthNoPriv", "authNoPriv", "authPriv"]).default("authPriv").meta({
      title: "Security level",
      description: "Version 3: authPriv signs and encrypts.",
    }),
    authProtocol: z
      .enum(["md5", "sha", "sha224", "sha256", "sha384", "sha512"])
      .default("sha")
      .meta({ title: "Authentication", description: "Version 3." }),
    authPassword: secret().optional().meta({
      secret: true,
      title: "Authentication password",
      description: "Version 3; at least 8 characters.",
    }),
    privProtocol: z.enum(["des", "aes", "aes256b", "aes256r"]).default("aes").meta({
      title: "Encryption",
      description:
        "Version 3. aes256r is Cisco's way with long keys, aes256b the other one; des is broken, old devices only.",
    }),
    privPassword: secret().optional().meta({
      secret: true,
      title: "Encryption password",
      description: "Version 3; at least 8 characters.",
    }),
    context: z
      .string()
      .max(64)
      .optional()
      .meta({ title: "Context", description: "Version 3; nearly always empty.", advanced: true }),
    portsInclude: z.array(z.string()).max(100).default([]).meta({
      title: "Ports",
      description: "Names or patterns such as Gi1/0/** or eth*. Empty: all but the excluded.",
    }),
    portsExclude: z.array(z.string()).max(100).default([]).meta({ title: "Excluded ports" }),
    onlyAdminUp: z
      .boolean()
      .default(true)
      .meta({ title: "Enabled ports only", description: "Leave out ports that an administrator switched off." }),
    modules: z
      .array(z.enum(MODULES))
      .default([...MODULES])
      .meta({
        title: "What is read",
        description: "poe: power over Ethernet. entity: sensors. host: processors, storage and load.",
        advanced: true,
      }),
    maxRepetitions: z.int().min(1).max(100).default(20).meta({
      title: "Rows a request",
      description: "Cheap switches drop answers with many rows: try 5.",
      advanced: true,
    }),
    retries: z.int().min(0).max(5).default(1).meta({ title: "Retries", advanced: true }),
    maxItems: z
      .int()
      .min(1)
      .max(1_000)
      .default(200)
      .meta({ title: "Items at most", description: "Ports, sensors, storages, of each so many.", advanced: true }),
  })
  .superRefine((value, { addIssue }) => {
    const need = (field: keyof typeof value, message: string) => {
      if (!value[field]) addIssue({ code: "custom", path: [field], message });
    };
    if (value.version !== "3") return;
    need("username", "Version 3 needs a user.");
    if (value.securityLevel !== "noAuthNoPriv") need("authPassword", "This security level needs a password.");
    if (value.securityLevel === "authPriv") need("privPassword", "This security level needs a password.");
  });
export type Config = z.output<typeof config>;
