import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const config = z.object({
  url: serviceUrl().default("http://localhost:8086").meta({
    title: "Address",
    description: "Port 8086 for versions 1 and 2, 8181 for version 3.",
    placeholder: "http://nas.lab:8086",
  }),
  version: z
    .enum(["auto", "1", "2", "3"])
    .default("auto")
    .meta({ title: "Version", description: "Auto asks the server.", advanced: true }),
  token: secret()
    .optional()
    .meta({ secret: true, title: "Token", description: "Versions 2 and 3. Version 3 answers nothing without." }),
  org: z.string().trim().optional().meta({
    title: "Organization",
    description: "Version 2: only buckets of this one. Empty: all that the token may see.",
    advanced: true,
  }),
  username: z.string().trim().optional().meta({ title: "User", description: "Version 1." }),
  password: secret().optional().meta({ secret: true, title: "Password", description: "Version 1." }),
  collectDatabases: z.boolean().default(true).meta({
    title: "Databases and buckets",
    description: "Their number, names and retention.",
    advanced: true,
  }),
  maxItems: z
    .int()
    .min(1)
    .max(1_000)
    .default(200)
    .meta({ title: "Databases or buckets at most", description: "Those with the most series first.", advanced: true }),
  tls: tlsOptions(),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
