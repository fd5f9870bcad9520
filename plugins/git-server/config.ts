import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["gitea", "forgejo", "gogs", "gitlab"] as const;
export type Type = (typeof TYPES)[number];

const token = () =>
  secret()
    .regex(/^[\x21-\x7e]+$/, "It has characters that cannot be sent.")
    .optional();

export const config = z.object({
  type: z.enum(TYPES).meta({ title: "Server" }),
  url: serviceUrl().meta({ title: "Address", placeholder: "https://git.lab" }),
  token: token().meta({
    secret: true,
    title: "Token",
    description: "An access token, best of an administrator. Without, only health and what is public are read.",
  }),
  metricsToken: token().meta({
    secret: true,
    title: "Metrics token",
    description: "TOKEN of the section [metrics] of Gitea or Forgejo.",
    advanced: true,
  }),
  collectRepositories: z
    .boolean()
    .default(true)
    .meta({ title: "Repositories", description: "Their number, sizes and mirrors, every 15 minutes." }),
  maxItems: z.int().min(1).max(500).default(200).meta({
    title: "Repositories at most",
    description: "Those that are listed one by one, largest first.",
    advanced: true,
  }),
  tls: tlsOptions(),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
