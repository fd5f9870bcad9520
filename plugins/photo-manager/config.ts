import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const key = () =>
  secret()
    .regex(/^[\x21-\x7e]+$/, "It has characters that cannot be sent.")
    .optional();

export const config = z
  .object({
    type: z.enum(["immich", "photoprism"]).meta({ title: "Program" }),
    url: serviceUrl().meta({
      title: "Address",
      description: "Immich listens on port 2283, PhotoPrism on 2342.",
      placeholder: "http://nas.lab:2283",
    }),
    apiKey: key().meta({
      secret: true,
      title: "API key",
      description: "Immich, of an administrator: Account Settings > API Keys.",
    }),
    accessToken: key().meta({
      secret: true,
      title: "Access token",
      description: "PhotoPrism: an app password with the scope metrics.",
    }),
    maxItems: z.int().min(1).max(500).default(200).meta({ title: "Users at most", advanced: true }),
    tls: tlsOptions(),
    headers: headerMap(),
  })
  .superRefine(({ type, apiKey, accessToken }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", message, path: [field] });
    if (type === "immich" && apiKey === undefined) tell("apiKey", "Immich wants an API key.");
    if (type === "photoprism" && accessToken === undefined) tell("accessToken", "PhotoPrism wants an access token.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
