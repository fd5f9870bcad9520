import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const config = z
  .object({
    url: serviceUrl().meta({
      title: "Address",
      description: "With the folder it is installed in, if any.",
      placeholder: "https://cloud.example.org",
    }),
    auth: z.enum(["token", "app_password"]).default("token").meta({
      title: "Way in",
      description: "token: a word of your choice that only lets this be read. app_password: of an administrator.",
    }),
    token: secret().optional().meta({
      secret: true,
      title: "Monitoring token",
      description: "As set with: occ config:app:set serverinfo token --value …",
    }),
    username: z.string().max(200).optional().meta({ title: "Administrator", description: "With an app password." }),
    password: secret().optional().meta({
      secret: true,
      title: "App password",
      description: "Settings, Security, Devices & sessions: create new app password.",
    }),
    checkUpdates: z.boolean().default(true).meta({
      title: "Updates",
      description: "Every six hours Nextcloud asks the app store, which takes some seconds.",
    }),
    tls: tlsOptions(),
    headers: headerMap(),
  })
  .superRefine(({ auth, token, username, password }, { addIssue }) => {
    const need = (path: string, value: string | undefined, message: string) => {
      if (!value) addIssue({ code: "custom", path: [path], message });
    };
    if (auth === "token") need("token", token, "This way in needs the token.");
    else {
      need("username", username, "This way in needs the administrator's name.");
      need("password", password, "This way in needs an app password.");
    }
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
