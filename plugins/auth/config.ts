import { z } from "zod";
import { parseNetwork, secret, serviceUrl, tlsOptions } from "../sdk";

const path = () =>
  z
    .string()
    .trim()
    .max(1_000)
    .regex(/^\/[^\0]*$/, "Begin it with /.");
/** Never an option of journalctl. */
const unit = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^-\s][^\0\n]*$/, "This is no unit.");

export const config = z
  .object({
    source: z.enum(["auto", "file", "journal"]).default("auto").meta({
      title: "Read from",
      description: "Auto: a log file that is written to, else the systemd journal.",
    }),
    logFiles: z.array(path()).min(1).max(20).default(["/var/log/auth.log", "/var/log/secure"]).meta({
      title: "Log files",
      description: "Those that exist are read.",
      placeholder: "/var/log/auth.log",
    }),
    units: z.array(unit).max(20).default(["ssh.service", "sshd.service"]).meta({
      title: "Units",
      description: "Of the journal. What programs log as authentication is read in any case.",
      advanced: true,
    }),
    journalDirectory: path().optional().meta({
      title: "Folder of the journal",
      description: "When it is not this machine's own: /host/var/log/journal.",
      advanced: true,
    }),
    failedThreshold: z.int().min(1).max(1_000).default(5).meta({
      title: "Failures that matter",
      description:
        "From one address within the window. A login after so many is a break-in; twice as many are an attack.",
    }),
    windowSeconds: z.int().min(60).max(86_400).default(600).meta({ title: "Window", description: "Seconds." }),
    monitorSsh: z.boolean().default(true).meta({ title: "SSH" }),
    monitorSudo: z.boolean().default(true).meta({ title: "sudo" }),
    monitorSu: z.boolean().default(true).meta({ title: "su" }),
    monitorPam: z.boolean().default(true).meta({
      title: "Other logins",
      description: "Whatever asks PAM: consoles, desktops, mail and file servers.",
    }),
    fail2ban: z.enum(["auto", "on", "off"]).default("auto").meta({
      title: "fail2ban",
      description: "Auto: when its socket is there.",
    }),
    fail2banSocket: path()
      .default("/var/run/fail2ban/fail2ban.sock")
      .meta({ title: "fail2ban's socket", advanced: true }),
    useSudo: z.boolean().default(false).meta({
      title: "Use sudo",
      description: "For fail2ban-client, which only root may use. The plugin's page has the line for sudoers.",
      advanced: true,
    }),
    crowdsecUrl: serviceUrl().optional().meta({
      title: "CrowdSec",
      description: "Address of its local API.",
      placeholder: "http://127.0.0.1:8080",
      advanced: true,
    }),
    crowdsecApiKey: secret().optional().meta({
      secret: true,
      title: "CrowdSec's key",
      description: "Of a bouncer: cscli bouncers add unity.",
      advanced: true,
    }),
    tls: tlsOptions(),
    utmpFile: path().optional().meta({
      title: "File of sessions",
      description: "Who is logged in, when it is not this machine's own: /host/run/utmp.",
      advanced: true,
    }),
    trustedNetworks: z
      .array(
        z
          .string()
          .trim()
          .max(100)
          .refine((text) => parseNetwork(text) !== undefined, "Write it as 10.0.0.0/8 or an address."),
      )
      .max(100)
      .default([])
      .meta({
        title: "Trusted networks",
        description: "Failures from there are counted, but are no attack, and logins from there are not new.",
        placeholder: "192.168.0.0/16",
      }),
    exposeAddresses: z.boolean().default(true).meta({
      title: "Show addresses and users",
      description: "Off: only counts are kept.",
    }),
    maxItems: z.int().min(1).max(500).default(50).meta({ title: "Addresses and users at most", advanced: true }),
  })
  .superRefine(({ crowdsecUrl, crowdsecApiKey }, issues) => {
    if ((crowdsecUrl === undefined) !== (crowdsecApiKey === undefined))
      issues.addIssue({ code: "custom", path: ["crowdsecApiKey"], message: "CrowdSec's address and key go together." });
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
