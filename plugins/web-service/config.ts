import { z } from "zod";
import { findTokenProblem, headerMap, secret, tlsOptions } from "../sdk";
import { parseAddress } from "./address";
import { JsonRule, parseJsonRule } from "./json-rule";
import { findRuleProblem } from "./text-rule";

/** With the address itself: so many endpoints are probed by one instance. */
const MAX_ENDPOINTS = 50;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const RANGE = /^[1-5]\d\d(\s*-\s*[1-5]\d\d)?$/;

const text = (max: number) => z.string().trim().min(1).max(max);
const textRule = () =>
  text(1_000).superRefine((rule, issues) => {
    const message = findRuleProblem(rule);
    if (message) issues.addIssue({ code: "custom", message });
  });

/** What can be said of each endpoint. */
const perEndpoint = {
  kind: z.enum(["auto", "http", "tcp", "ping"]).default("auto").meta({
    title: "Kind",
    description: "Auto goes by the address: https://nas.lab is HTTP, db.lab:5432 is TCP, ping://10.0.0.1 is a ping.",
  }),
  label: text(200)
    .optional()
    .meta({ title: "Label", description: "Name in lists; empty: the address.", advanced: true }),
  expectedStatus: z
    .array(z.union([z.string().trim().regex(RANGE, "Write it as 204 or 200-299."), z.int().min(100).max(599)]))
    .min(1)
    .max(20)
    .default(["200-299"])
    .meta({ title: "Expected status", description: "Codes or ranges.", placeholder: "200-299" }),
  mustContain: textRule().optional().meta({
    title: "Must contain",
    description: "Text, or /pattern/ with the flags i, m and s. Looked for in the first MiB of the answer.",
    placeholder: "Welcome",
  }),
  mustNotContain: textRule().optional().meta({
    title: "Must not contain",
    description: "Text or /pattern/.",
    placeholder: "/error|maintenance/i",
    advanced: true,
  }),
  jsonAssert: z
    .array(
      z.union([
        z.string().refine((rule) => parseJsonRule(rule) !== undefined, "Write it as /status = ok, or /version exists."),
        JsonRule,
      ]),
    )
    .max(20)
    .default([])
    .meta({
      title: "JSON must hold",
      description: "A path (RFC 6901), then =, !=, > or < and a value, or exists.",
      placeholder: "/status = ok",
      advanced: true,
    }),
  expectedHeaders: z.record(z.string().regex(TOKEN, "This is no header name."), textRule()).default({}).meta({
    title: "Expected headers",
    description: "Name, and a text or /pattern/ that its value must contain.",
    advanced: true,
  }),
  method: z.enum(["GET", "HEAD", "POST", "PUT", "OPTIONS"]).default("GET").meta({ title: "Method", advanced: true }),
  body: z.string().max(100_000).optional().meta({ title: "Body", format: "multiline", advanced: true }),
  contentType: text(200)
    .regex(/^[\x20-\x7e]+$/, "Use plain letters.")
    .default("application/json")
    .meta({ title: "Type of the body", advanced: true }),
  username: text(200).optional().meta({ title: "User", description: "For Basic authentication.", advanced: true }),
  password: secret().optional().meta({ secret: true, title: "Password", advanced: true }),
  token: secret()
    .optional()
    .meta({ secret: true, title: "Token", description: "For Bearer authentication.", advanced: true }),
  headers: headerMap(),
  followRedirects: z
    .boolean()
    .default(true)
    .meta({ title: "Follow redirects", description: "At most five.", advanced: true }),
  resolve: z.union([z.ipv4(), z.ipv6()], "Type an IP address, such as 10.0.0.5.").optional().meta({
    title: "Connect to",
    description: "An IP address to use instead of what the name resolves to; Host and SNI stay.",
    placeholder: "10.0.0.5",
    advanced: true,
  }),
};

const Endpoint = z.object({ address: text(2_000).meta({ title: "Address" }), ...perEndpoint });

export const config = z
  .object({
    address: text(2_000).meta({
      title: "Address",
      description: "A web address, host:port for TCP, or ping://host.",
      placeholder: "https://nas.lab",
    }),
    ...perEndpoint,
    endpoints: z
      .array(z.union([text(2_000), Endpoint]))
      .max(MAX_ENDPOINTS - 1)
      .default([])
      .meta({
        title: "More addresses",
        description: "They share the settings of the connection below; status 200-299 is expected.",
        placeholder: "tcp://db.lab:5432",
        advanced: true,
      }),
    maxDurationMs: z.int().min(1).max(60_000).optional().meta({
      title: "Slow above",
      description: "An endpoint that takes longer degrades the instance. Empty: only the alert watches, from 2 s.",
      placeholder: "2000",
      advanced: true,
    }),
    probeTimeoutMs: z.int().min(100).max(30_000).default(10_000).meta({
      title: "Time-out of an endpoint",
      description: "How long one may take in all.",
      advanced: true,
    }),
    retries: z.int().min(0).max(3).default(1).meta({
      title: "Retries",
      description: "When the name does not resolve or the connection is refused or lost.",
      advanced: true,
    }),
    ipVersion: z.enum(["auto", "4", "6"]).default("auto").meta({ title: "IP version", advanced: true }),
    certificateWarningDays: z.int().min(1).max(365).default(14).meta({
      title: "Certificate warning",
      description: "Time before it expires; never before two thirds of its life are over.",
      advanced: true,
    }),
    userAgent: text(200)
      .regex(/^[\x20-\x7e]+$/, "Use plain letters.")
      .default("Unity")
      .meta({ title: "User agent", advanced: true }),
    tls: tlsOptions(),
  })
  .superRefine((given, issues) => {
    const seen = new Set<string>();
    const all: readonly (readonly [Entry | string, PropertyKey[]])[] = [
      [given, []],
      ...given.endpoints.map((entry, index) => [entry, ["endpoints", index]] satisfies [unknown, PropertyKey[]]),
    ];
    for (const [entry, path] of all) {
      const settings = typeof entry === "string" ? Endpoint.parse({ address: entry }) : entry;
      const tell = (field: string, message: string) =>
        issues.addIssue({ code: "custom", message, path: typeof entry === "string" ? path : [...path, field] });
      const parsed = parseAddress(settings.address, settings.kind);
      if (!parsed.ok) {
        tell("address", parsed.problem);
        continue;
      }
      const label = settings.label ?? parsed.target.shown;
      if (seen.has(label)) tell("label", `There are two endpoints called ${label}. Give one a label.`);
      seen.add(label);
      for (const [field, problem] of findConflicts(settings)) tell(field, problem);
    }
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
export type Entry = z.output<typeof Endpoint>;
export const readShorthand = (address: string): Entry => Endpoint.parse({ address });

/** Settings that do not go together: field and what is wrong. */
function findConflicts(settings: Entry): [field: keyof Entry, problem: string][] {
  const { method, body, mustContain, jsonAssert, username, password, token, headers } = settings;
  const problems: [keyof Entry, string][] = [];
  if (method === "HEAD" && (mustContain !== undefined || jsonAssert.length > 0))
    problems.push(["method", "HEAD brings no content to look into. Use GET."]);
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    problems.push(["method", `${method} sends no body. Use POST or PUT.`]);
  if (username === undefined && password !== undefined) problems.push(["username", "The password needs a user."]);
  const ofToken = findTokenProblem({ username, token });
  if (ofToken) problems.push(["token", ofToken]);
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) problems.push(["headers", `"${name.slice(0, 40)}" is no header name.`]);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      problems.push(["headers", `The header ${name.slice(0, 40)} has characters that cannot be sent.`]);
  }
  return problems;
}
