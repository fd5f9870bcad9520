import { z } from "zod";
import { secret, tlsOptions } from "../sdk";

/** What each server listens on unless told otherwise. */
const PORTS = { nut: 3493, apcupsd: 3551 } as const;

/** A line is a command in NUT's protocol, so nothing may end one. */
const ONE_LINE = /^[^\p{Cc}]+$/u;
const word = (max: number) => z.string().trim().min(1).max(max).regex(ONE_LINE, "It must be one line of text.");

export const config = z
  .object({
    backend: z.enum(["nut", "apcupsd"]).default("nut").meta({
      title: "Server",
      description: "nut: upsd of Network UPS Tools, also in Synology, QNAP and TrueNAS. apcupsd: its network server.",
    }),
    host: word(255).default("localhost").meta({ title: "Host", placeholder: "nas.lab" }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({ title: "Port", description: "Empty: 3493 (NUT), 3551 (apcupsd)." }),
    ups: word(100).optional().meta({
      title: "UPS",
      description: "Its name on the server. Empty: all of them. NUT only.",
      placeholder: "ups",
    }),
    username: word(100).optional().meta({ title: "User", description: "Reading needs none normally. NUT only." }),
    password: secret()
      .max(200)
      .regex(ONE_LINE, "It must be one line of text.")
      .optional()
      .meta({ secret: true, title: "Password", description: "NUT only." }),
    starttls: z
      .boolean()
      .default(false)
      .meta({ title: "TLS", description: "STARTTLS. NUT only, where upsd has a certificate." }),
    lowBatteryRatio: z.number().min(0).max(1).default(0.5).meta({
      title: "Battery low below",
      description: "On battery and below this charge it counts as running out.",
    }),
    lowRuntimeSeconds: z.int().min(0).max(86_400).default(600).meta({
      title: "Battery low below this runtime",
      description: "On battery and with less time left it counts as running out.",
    }),
    maxItems: z.int().min(1).max(200).default(200).meta({ title: "UPSes at most", advanced: true }),
    tls: tlsOptions(),
  })
  .superRefine(({ username, password, backend, starttls, ups }, issues) => {
    const tell = (name: string, message: string) => issues.addIssue({ code: "custom", path: [name], message });
    if ((username === undefined) !== (password === undefined)) tell("password", "User and password go together.");
    if (backend === "nut") return;
    if (starttls) tell("starttls", "apcupsd has no TLS.");
    if (ups !== undefined) tell("ups", "apcupsd serves one UPS; leave this empty.");
    if (username !== undefined) tell("username", "apcupsd has no users.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

export const portOf = ({ backend, port }: Pick<Config, "backend" | "port">) => port ?? PORTS[backend];

/** As it is said in messages and lists. */
export const placeOf = (settings: Pick<Config, "backend" | "host" | "port">) =>
  `${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${portOf(settings)}`;
