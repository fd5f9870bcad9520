import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const config = z
  .object({
    type: z.enum(["auto", "vaultwarden", "bitwarden"]).default("auto").meta({
      title: "Server",
      description: "auto: it says so itself.",
      advanced: true,
    }),
    url: serviceUrl().meta({
      title: "Address",
      description: "Of the web vault, as in the apps.",
      placeholder: "https://vault.lab.example",
    }),
    adminToken: secret().optional().meta({
      secret: true,
      title: "Admin token",
      description:
        "Vaultwarden's, as it is typed on the page /admin. For the numbers of users; empty: they are not read.",
    }),
    checkWebVault: z.boolean().default(true).meta({
      title: "Web vault",
      description: "Whether its page is there. Switch it off where WEB_VAULT_ENABLED is false.",
    }),
    headers: headerMap(),
    tls: tlsOptions(),
  })
  .superRefine(({ type, adminToken }, issues) => {
    if (type === "bitwarden" && adminToken !== undefined)
      issues.addIssue({ code: "custom", path: ["adminToken"], message: "Only Vaultwarden has an admin token." });
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
