import { z } from "zod";
import { secret, tlsOptions } from "../sdk";

/** What goes into a line of a mail protocol must not end the line. */
const onOneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), "Control characters do not belong here.");

const host = () =>
  onOneLine(255)
    .refine((text) => !/[\s/@]/.test(text), "A name or an address, without port and protocol.")
    .optional()
    .meta({ title: "Host", description: "Empty: it is not probed.", placeholder: "mail.lab" });
const port = () =>
  z.int().min(1).max(65_535).optional().meta({ title: "Port", description: "Empty: the usual one of the transport." });
const transport = (fallback: "none" | "starttls" | "implicit") =>
  z.enum(["none", "starttls", "implicit"]).default(fallback).meta({
    title: "Transport",
    description: "implicit: TLS from the start. With none, a password is sent for everybody to read.",
  });
const username = () =>
  onOneLine(320).optional().meta({ title: "User", description: "Empty: it does not log in.", advanced: true });
const password = () => secret().max(1_000).optional().meta({ secret: true, title: "Password", advanced: true });

const Smtp = z
  .object({
    host: host(),
    port: port(),
    tls: transport("starttls"),
    username: username(),
    password: password(),
    helo: z
      .string()
      .regex(/^[\w.:[\]-]{1,255}$/, "A host name.")
      .default("unity.local")
      .meta({ title: "Own name", description: "What it calls itself in EHLO.", advanced: true }),
  })
  .prefault({})
  .meta({ title: "SMTP", description: "Whether the server greets, encrypts and lets in." });

const Imap = z
  .object({
    host: host(),
    port: port(),
    tls: transport("implicit"),
    username: username(),
    password: password(),
  })
  .prefault({})
  .meta({ title: "IMAP", description: "Whether the server greets, lets in and opens the inbox." });

const RoundTrip = z
  .object({
    enabled: z.boolean().default(false).meta({
      title: "Send messages",
      description: "Through SMTP to a mailbox that IMAP reads; each is deleted when it was found.",
    }),
    from: z.email().optional().meta({ title: "From", placeholder: "unity@example.org" }),
    to: z.email().optional().meta({ title: "To", description: "The address of IMAP's user." }),
    intervalSeconds: z.int().min(60).max(86_400).default(900).meta({ title: "Every", advanced: true }),
    timeoutSeconds: z
      .int()
      .min(5)
      .max(3_600)
      .default(120)
      .meta({ title: "Lost after", description: "A message that takes longer counts as failed.", advanced: true }),
  })
  .prefault({})
  .meta({ title: "Round trip" });

export const config = z
  .object({
    mta: z.enum(["postfix", "exim", "sendmail", "none"]).default("postfix").meta({
      title: "Mail server on this machine",
      description: "Whose queue is read; none: the server is elsewhere and only probed.",
    }),
    mtaConfigDir: z
      .string()
      .regex(/^\/[^\p{Cc}]*$/u, "Begin it with /.")
      .max(500)
      .optional()
      .meta({
        title: "Its configuration",
        description: "Postfix: the folder (postqueue -c). Exim and Sendmail: the file (-C). Empty: the usual one.",
        advanced: true,
      }),
    useSudo: z
      .boolean()
      .default(false)
      .meta({ title: "With sudo", description: "Runs the queue's tool and doveadm by sudo -n.", advanced: true }),
    smtp: Smtp,
    imap: Imap,
    roundtrip: RoundTrip,
    dovecotMetricsUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: "Dovecot's metrics",
        description: "Its OpenMetrics listener.",
        placeholder: "http://127.0.0.1:9900/metrics",
      }),
    dovecotSessions: z
      .boolean()
      .default(false)
      .meta({ title: "Dovecot's sessions", description: "Counts who is logged in, with doveadm on this machine." }),
    dovecotConfig: z
      .string()
      .regex(/^\/[^\p{Cc}]*$/u, "Begin it with /.")
      .max(500)
      .optional()
      .meta({ title: "Dovecot's configuration", description: "A file (doveadm -c).", advanced: true }),
    logPath: z
      .string()
      .regex(/^(\/[^\p{Cc}]+|journal:[\w@.\\-]+(,[\w@.\\-]+)*)$/u, "A path, or journal: and the names of units.")
      .max(500)
      .optional()
      .meta({
        title: "Log",
        description: "Deliveries, rejections and failed logins are counted in it. A path, or journal:unit.",
        placeholder: "/var/log/mail.log or journal:postfix@-.service",
      }),
    queueWarning: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(100)
      .meta({ title: "Warn above", description: "Messages that wait." }),
    tls: tlsOptions(),
    probeTimeoutMs: z.int().min(100).max(30_000).default(10_000).meta({
      title: "Time-out of an answer",
      description: "How long SMTP or IMAP may take for one.",
      advanced: true,
    }),
    maxItems: z
      .int()
      .min(1)
      .max(1_000)
      .default(200)
      .meta({ title: "Listed messages and events at most", advanced: true }),
  })
  .superRefine((given, issues) => {
    const tell = (path: PropertyKey[], message: string) => issues.addIssue({ code: "custom", message, path });
    const { mta, smtp, imap, roundtrip } = given;
    const probed = smtp.host ?? imap.host ?? given.dovecotMetricsUrl ?? given.logPath;
    if (mta === "none" && probed === undefined && !given.dovecotSessions)
      tell(["mta"], "Choose a mail server, or name a host to probe.");
    for (const [name, part] of Object.entries({ smtp, imap }))
      if ((part.username === undefined) !== (part.password === undefined))
        tell([name, "password"], "User and password go together.");
    if (!roundtrip.enabled) return;
    if (smtp.host === undefined) tell(["smtp", "host"], "A round trip sends through SMTP.");
    if (imap.host === undefined || imap.username === undefined)
      tell(["imap", "username"], "A round trip reads its message through IMAP, logged in.");
    if (roundtrip.from === undefined || roundtrip.to === undefined)
      tell(["roundtrip", "to"], "A round trip needs both addresses.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

const SMTP_PORTS = { none: 25, starttls: 587, implicit: 465 } as const;
const IMAP_PORTS = { none: 143, starttls: 143, implicit: 993 } as const;

export interface Login {
  readonly username: string;
  readonly password: string;
}
/** A server that is probed. */
export interface Server {
  readonly name: "smtp" | "imap";
  readonly host: string;
  readonly port: number;
  readonly transport: "none" | "starttls" | "implicit";
  readonly login: Login | undefined;
  /** "mail.lab:587" */
  readonly where: string;
}

export const smtpServer = ({ smtp }: Pick<Config, "smtp">) => serverOf("smtp", smtp, SMTP_PORTS);
export const imapServer = ({ imap }: Pick<Config, "imap">) => serverOf("imap", imap, IMAP_PORTS);

function serverOf(
  name: Server["name"],
  { host: given, port: chosen, tls, username: user, password: word }: Config["smtp"] | Config["imap"],
  ports: Readonly<Record<Server["transport"], number>>,
): Server | undefined {
  if (given === undefined) return undefined;
  const host = given.replace(/^\[(.*)\]$/, "$1");
  const number = chosen ?? ports[tls];
  const login = user === undefined || word === undefined ? undefined : { username: user, password: word };
  const where = host.includes(":") ? `[${host}]:${number}` : `${host}:${number}`;
  return { name, host, port: number, transport: tls, login, where };
}

const NAMES = { postfix: "Postfix", exim: "Exim", sendmail: "Sendmail", none: "" } as const;

/** For lists: the server that is probed, else the one on this machine. */
export function targetOf(settings: Config): string {
  const probed = smtpServer(settings) ?? imapServer(settings);
  return probed?.where ?? (NAMES[settings.mta] || (settings.dovecotMetricsUrl ?? settings.logPath ?? "Dovecot"));
}
