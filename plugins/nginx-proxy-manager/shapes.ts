import { z } from "zod";

/** What is read of the API of Nginx Proxy Manager 2. Certificates' `meta` may hold credentials of DNS providers: it is never looked at. */

const text = z.string().nullish().catch(undefined);
/** Newer versions say true and false, older ones and the database 1 and 0. */
const flag = z
  .union([z.boolean(), z.number()])
  .transform((value) => Boolean(value))
  .nullish()
  .catch(undefined);
const names = z.array(z.string()).nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);

export const Status = z.object({
  status: z.string(),
  setup: flag,
  version: z.object({ major: z.number(), minor: z.number(), revision: z.number() }).nullish().catch(undefined),
});
export type Status = z.output<typeof Status>;

export const Token = z.object({ token: z.string().min(1).optional(), requires_2fa: flag });

const Meta = z.object({ nginx_online: flag, nginx_err: text }).nullish().catch(undefined);

/** Proxy, redirection and 404 hosts, and streams: each has what applies to it. */
export const Host = z.object({
  id: z.number(),
  domain_names: names,
  forward_scheme: text,
  forward_host: text,
  forward_domain_name: text,
  forward_port: count,
  incoming_port: count,
  forwarding_host: text,
  forwarding_port: count,
  certificate_id: count,
  enabled: flag,
  meta: Meta,
});
export type Host = z.output<typeof Host>;
export const Hosts = z.array(Host);

export const Certificate = z.object({
  id: z.number(),
  provider: text,
  nice_name: text,
  domain_names: names,
  expires_on: text,
});
export type Certificate = z.output<typeof Certificate>;
export const Certificates = z.array(Certificate);

export const Update = z.object({ update_available: z.boolean(), latest: text });

export const KINDS = ["proxy", "redirection", "dead", "stream"] as const;
export type Kind = (typeof KINDS)[number];

/** Everything that is configured. A kind that could not be read is not there. */
export interface Setup {
  readonly hosts: ReadonlyMap<Kind, readonly Host[]>;
  readonly certificates: readonly Certificate[] | undefined;
}
