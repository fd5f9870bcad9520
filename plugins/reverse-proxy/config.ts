import { z } from "zod";
import { findTokenProblem, headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["traefik", "caddy", "haproxy", "nginx"] as const;

const DEFAULT_URLS: Record<(typeof TYPES)[number], string> = {
  traefik: "http://localhost:8080",
  caddy: "http://localhost:2019",
  haproxy: "http://localhost:8404",
  nginx: "http://localhost/basic_status",
};

/** HAProxy's page may have a query of its own: "/haproxy?stats". */
const pageUrl = () =>
  z
    .string()
    .trim()
    .regex(/^https?:\/\/[^\s/?#]+[^\s#]*$/i, "Write it as http://host:port or https://host/path.")
    .refine((address) => URL.canParse(address), "This is no address.");

export const config = z
  .object({
    type: z.enum(TYPES).meta({ title: "Proxy", description: "Nginx Proxy Manager has a plugin of its own." }),
    url: pageUrl().optional().meta({
      title: "Address",
      description:
        "Traefik: of its API. Caddy: of its admin endpoint. HAProxy: of its statistics page. nginx: of stub_status. Empty: the usual one on this machine.",
      placeholder: "http://localhost:8080",
    }),
    metricsUrl: serviceUrl().optional().meta({
      title: "Address of the metrics",
      description: "Traefik and Caddy, when Prometheus metrics are elsewhere. Empty: /metrics below the address.",
      placeholder: "http://localhost:8082/metrics",
      advanced: true,
    }),
    username: z.string().max(200).optional().meta({ title: "User", description: "For Basic authentication." }),
    password: secret().optional().meta({ secret: true, title: "Password" }),
    token: secret().optional().meta({
      secret: true,
      title: "Token",
      description: "For Bearer authentication, instead of a user.",
      advanced: true,
    }),
    perRouter: z.boolean().default(false).meta({
      title: "Each router",
      description: "Traefik: the state of each router, and its requests where addRoutersLabels is set.",
      advanced: true,
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({
      title: "Items at most",
      description: "Services, upstreams, routers and certificates, of each kind.",
      advanced: true,
    }),
    headers: headerMap(),
    tls: tlsOptions(),
  })
  .superRefine((login, issues) => {
    const message = findTokenProblem(login);
    if (message) issues.addIssue({ code: "custom", path: ["token"], message });
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

/** Without a trailing slash. */
export const urlOf = ({ type, url }: Pick<Config, "type" | "url">) => (url ?? DEFAULT_URLS[type]).replace(/\/+$/, "");
