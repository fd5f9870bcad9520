import { z } from "zod";
import { findTokenProblem, headerMap, secret, tlsOptions } from "../sdk";

/** A page may have a query of its own: "/probe?target=nas.lab". */
const pageUrl = () =>
  z
    .string()
    .trim()
    .regex(/^https?:\/\/[^\s/?#@]+([/?][^\s#]*)?$/i, "Write it as http://host:port/metrics, without a user.")
    .refine((address) => URL.canParse(address), "This is no address.");

const patterns = () => z.array(z.string().trim().min(1).max(150)).max(100).default([]);

export const config = z
  .object({
    url: pageUrl().meta({
      title: "Address",
      description: "Of the page of metrics. Without a path it is /metrics.",
      placeholder: "http://nas.lab:9100/metrics",
    }),
    username: z.string().max(200).optional().meta({ title: "User", description: "For Basic authentication." }),
    password: secret().optional().meta({ secret: true, title: "Password" }),
    token: secret().optional().meta({
      secret: true,
      title: "Token",
      description: "For Bearer authentication, instead of a user.",
    }),
    include: patterns().meta({
      title: "Only these metrics",
      description: "Names; * stands for anything, as node_memory_*. Empty: all.",
    }),
    exclude: patterns().meta({ title: "Not these metrics", description: "Names; * stands for anything." }),
    maxSeries: z.int().min(1).max(4_000).default(1_000).meta({
      title: "Series at most",
      description: "Of a page with more, the first ones are kept.",
    }),
    headers: headerMap(),
    tls: tlsOptions(),
  })
  .superRefine((login, issues) => {
    const message = findTokenProblem(login);
    if (message) issues.addIssue({ code: "custom", path: ["token"], message });
  });
export type Config = z.output<typeof config>;
