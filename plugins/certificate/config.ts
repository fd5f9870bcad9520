import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { secret } from "../sdk";
import { defaultPort, describeTarget, PROTOCOLS, type Protocol, parseHost, parseTarget } from "./target";

const HINT = "Write it as nas.lab, nas.lab:8443, smtp://mail.lab:25 or [::1]:443.";
const text = (max: number) => z.string().trim().min(1).max(max);

const TargetObject = z.object({
  host: text(255)
    .refine((host) => parseHost(host) !== undefined, "This is no host.")
    .meta({ title: "Host" }),
  port: z.int().min(1).max(65_535).optional().meta({ title: "Port" }),
  protocol: z.enum(PROTOCOLS).default("tls").meta({ title: "Protocol" }),
  serverName: text(255).optional().meta({ title: "Server name", description: "SNI and name check; empty: the host." }),
  label: text(200).optional().meta({ title: "Label", description: "Name in lists; empty: host:port." }),
});

export const config = z
  .object({
    targets: z
      .array(z.union([text(500).refine((entry) => parseTarget(entry) !== undefined, HINT), TargetObject]))
      .max(200)
      .default([])
      .meta({
        title: "Targets",
        description:
          "nas.lab, nas.lab:8443, or with STARTTLS smtp://mail.lab:25, imap://, pop3://, ldap://, postgres://.",
        placeholder: "nas.lab:443",
      }),
    files: z
      .array(
        text(500).refine(
          (path) => path.startsWith("/") && !path.includes("\0"),
          "Begin it with /, as /etc/ssl/my.pem.",
        ),
      )
      .max(50)
      .default([])
      .meta({
        title: "Files",
        description: "Certificates on this machine, PEM or DER. Patterns such as * and ** may be used.",
        placeholder: "/etc/letsencrypt/live/*/fullchain.pem",
      }),
    warningDays: z.int().min(1).max(3_650).default(30).meta({
      title: "Warn below",
      description: "Time that the certificate has left.",
    }),
    criticalDays: z.int().min(1).max(3_650).default(7).meta({
      title: "Critical below",
      description: "Time that the certificate has left.",
    }),
    warningRatio: z.number().min(0.01).max(1).default(0.33).meta({
      title: "Warn below this part of its life",
      description:
        "Whichever is later, so that a certificate for six days does not warn from its birth. Critical is at a third of it.",
      advanced: true,
    }),
    verifyChain: z.boolean().default(true).meta({
      title: "Judge the chain",
      description: "Whether this machine trusts it. The dates are read in any case.",
      advanced: true,
    }),
    caPem: z.string().trim().min(1).max(200_000).optional().meta({
      title: "Private CA",
      description: "PEM text. Trusted beside the public ones.",
      format: "multiline",
      advanced: true,
    }),
    clientCertPem: z.string().trim().min(1).max(200_000).optional().meta({
      title: "Client certificate",
      description: "PEM text, for targets that ask for one.",
      format: "multiline",
      advanced: true,
    }),
    clientKeyPem: secret()
      .optional()
      .meta({ secret: true, title: "Client key", description: "PEM text.", format: "multiline", advanced: true }),
    probeTimeoutMs: z.int().min(100).max(30_000).default(10_000).meta({
      title: "Time-out of a target",
      description: "How long one may take to show its certificate.",
      advanced: true,
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Certificates at most", advanced: true }),
  })
  .superRefine((given, issues) => {
    const tell = (path: PropertyKey[], message: string) => issues.addIssue({ code: "custom", message, path });
    if (given.targets.length + given.files.length === 0) tell(["targets"], "Name at least one target or file.");
    if (given.criticalDays > given.warningDays)
      tell(["criticalDays"], "Critical comes after the warning: use fewer days.");
    if ((given.clientCertPem === undefined) !== (given.clientKeyPem === undefined))
      tell(["clientKeyPem"], "The client certificate and its key go together.");
    if (given.caPem !== undefined && !isCertificate(given.caPem))
      tell(["caPem"], "This is no PEM certificate. Paste it with its BEGIN and END lines.");
    if (given.clientCertPem !== undefined && !isCertificate(given.clientCertPem))
      tell(["clientCertPem"], "This is no PEM certificate. Paste it with its BEGIN and END lines.");
    const seen = new Set<string>();
    for (const [index, { label }] of listTargets(given).entries()) {
      if (seen.has(label)) tell(["targets", index], `There are two targets called ${label}. Give one a label.`);
      seen.add(label);
    }
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

export interface NamedTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly label: string;
  readonly serverName: string | undefined;
}

export function listTargets({ targets }: Pick<Config, "targets">): NamedTarget[] {
  return targets.flatMap((entry): NamedTarget[] => {
    if (typeof entry === "string") {
      const target = parseTarget(entry);
      return target ? [{ ...target, label: describeTarget(target), serverName: undefined }] : [];
    }
    const { host, protocol, serverName, port = defaultPort(protocol), label } = entry;
    const target = { host: parseHost(host) ?? host, port, protocol };
    return [{ ...target, serverName, label: label ?? describeTarget(target) }];
  });
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
