import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

/** "light.kitchen": a domain, a dot, a name. */
const ENTITY = /^[a-z0-9_]+\.[a-z0-9_]+$/;

export const config = z.object({
  url: serviceUrl().default("http://homeassistant.local:8123").meta({
    title: "Address",
    placeholder: "http://homeassistant.local:8123",
  }),
  token: secret().meta({
    secret: true,
    title: "Long-lived access token",
    description: "Made at the bottom of your profile page, under Security.",
  }),
  ignoreDomains: z
    .array(z.string().trim().min(1).max(100))
    .max(100)
    .default([])
    .meta({ title: "Ignored domains", description: "What stands before the dot, as button or scene." }),
  ignoreEntities: z
    .array(z.string().trim().min(1).max(300))
    .max(200)
    .default([])
    .meta({ title: "Ignored entities", description: "Ids or patterns, as sensor.old_*." }),
  batteryLowRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .meta({ title: "Battery is low below", description: "0.2 is 20 %." }),
  watchEntities: z
    .array(z.string().trim().regex(ENTITY, "Write it as sensor.living_room_temperature."))
    .max(200)
    .default([])
    .meta({ title: "Charted entities", description: "Ids of entities whose value is kept and charted." }),
  maxItems: z.int().min(1).max(1_000).default(50).meta({
    title: "Items at most",
    description: "Batteries, automations and updates, of each so many.",
    advanced: true,
  }),
  tls: tlsOptions(),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
