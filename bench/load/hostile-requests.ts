import type { z } from "zod";
import { appRouter } from "../../server/trpc/router";
import { createHostileValues } from "./hostile-values";

/** Bytes for one connection. */
export interface HostileRequest {
  readonly kind: string;
  readonly bytes: string | Buffer;
}

interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly input: z.core.$ZodType | undefined;
}

type Defined = Readonly<
  Record<string, { readonly _def: { type: Procedure["type"]; inputs: readonly z.core.$ZodType[] } }>
>;
const PROCEDURES: readonly Procedure[] = Object.entries(appRouter._def.procedures as unknown as Defined).map(
  ([path, { _def }]) => ({ path, type: _def.type, input: _def.inputs[0] }),
);
const PAGES = [
  "/",
  "/instances",
  "/instances/",
  "/alerts",
  "/alerts/rules/",
  "/catalogue/",
  "/act/",
  "/sign-in?to=//evil",
  "/first-run",
  "/api/first-run",
  "/api/auth/sign-in/username",
  "/api/auth/two-factor/verify-totp",
  "/api/auth/passkey/verify-authentication",
  "/api/auth/passkey/generate-authenticate-options",
  "/api/auth/callback/oidc?state=a&code=b",
  "/api/auth/sign-up/email",
  "/settings/storage",
  "/icons/",
  "/_next/static/",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "BREW"];
const HEADERS = [
  "content-type: application/json",
  "content-type: multipart/form-data; boundary=",
  "content-type: text/x-component",
  "accept-encoding: gzip, gzip;q=1e999, \u00ff",
  "rsc: 1",
  "next-router-state-tree: %5B%22",
  "next-router-prefetch: 9",
  "next-action: 00000000000000000000000000000000000000",
  "next-url: //evil",
  "x-middleware-subrequest: middleware:middleware:middleware",
  "x-nonce: '; script-src *",
  "content-security-policy: script-src 'nonce-",
  "x-forwarded-for: 127.0.0.1, %%%",
  "x-forwarded-host: evil",
  "origin: null",
  "origin: http://evil",
  "sec-fetch-site: cross-site",
  "cookie: a=b; ; =; __proto__=1",
  "range: bytes=0-18446744073709551615",
  'if-none-match: "\u00ff"',
  "expect: 100-continue",
  "connection: upgrade\r\nupgrade: h2c",
  "transfer-encoding: chunked",
  "transfer-encoding: gzip, chunked, identity",
  "content-length: 5\r\ncontent-length: 6",
  "content-length: 99999999999999999999",
];

/** Requests that are wrong in every way that is known, one after the other; each is to be sent on a connection of its own. */
export function createHostileRequests(random: () => number, cookie: string): () => HostileRequest {
  const { pick, text, junk, nearly } = createHostileValues(random);
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  const encode = (value: string) =>
    random() < 0.8 ? encodeURIComponent(wellFormed(value)) : value.replaceAll(/[\r\n]/g, "");

  function write(method: string, target: string, headers: readonly string[], body?: string): string {
    const lines = [
      `${method} ${target} HTTP/1.1`,
      `Host: ${random() < 0.9 ? "127.0.0.1" : encode(text())}`,
      "Connection: close",
      ...(random() < 0.7 ? [`Cookie: ${cookie}`] : []),
      ...headers,
    ];
    if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
  }

  const inputOf = ({ input }: Procedure) => (input && random() < 0.8 ? nearly(input) : junk());
  const json = (value: unknown) => {
    const written = JSON.stringify(value) ?? "";
    return random() < 0.95 ? written : written.slice(0, Math.floor(random() * written.length));
  };

  const kinds: Readonly<Record<string, () => string | Buffer>> = {
    query() {
      const procedure = pick(PROCEDURES);
      const query = encodeURIComponent(wellFormed(json(inputOf(procedure))));
      // Longer ones are refused before anybody looks at them.
      return write("GET", `/api/trpc/${procedure.path}?input=${query.slice(0, 12_000)}`, []);
    },
    mutation() {
      const procedure = pick(PROCEDURES);
      return write("POST", `/api/trpc/${procedure.path}`, ["content-type: application/json"], json(inputOf(procedure)));
    },
    batch() {
      const some = Array.from({ length: pick([2, 5, 49, 51, 400]) }, () => pick(PROCEDURES));
      const inputs = Object.fromEntries(some.slice(0, 10).map((one, index) => [index, inputOf(one)]));
      const target = `/api/trpc/${some.map(({ path }) => path).join(",")}?batch=${pick(["1", "2", "true", ""])}`;
      return write("POST", target, ["content-type: application/json"], json(inputs));
    },
    page: () => write(pick(METHODS), pick(PAGES) + encode(text()).slice(0, 12_000), [pick(HEADERS), pick(HEADERS)]),
    search: () =>
      write("GET", `${pick(PAGES)}?${encode(text()).slice(0, 6_000)}=${encode(text()).slice(0, 6_000)}`, [
        pick(HEADERS),
      ]),
    body: () =>
      write(
        pick(METHODS),
        `${pick(["/api/trpc/", "/act/", "/", "/api/ws"])}${encode(text()).slice(0, 2_000)}`,
        [pick(HEADERS)],
        json(junk()),
      ),
    header: () => write("GET", "/healthz", [`${encode(text()).slice(0, 40)}: ${encode(text())}`, pick(HEADERS)]),
    noise: () => noise(1 + Math.floor(random() * 2_000)),
    cut: () =>
      write("POST", "/api/trpc/plugins.test", ["content-type: application/json", "content-length: 400"]) +
      json(junk()).slice(0, 300),
    socket() {
      const key = noise(16).toString("base64");
      const upgrade = write("GET", "/api/ws", [
        "Upgrade: websocket",
        "Connection: Upgrade",
        `Sec-WebSocket-Key: ${key}`,
        "Sec-WebSocket-Version: 13",
      ]);
      const message = json(
        random() < 0.5
          ? junk()
          : {
              id: junk(),
              method: pick(["query", "subscription", "subscription.stop", "x"]),
              params: { path: pick(PROCEDURES).path, input: junk() },
            },
      );
      return Buffer.concat([
        Buffer.from(upgrade),
        random() < 0.7 ? frame(Buffer.from(message.slice(0, 60_000))) : noise(50),
      ]);
    },
  };
  const names = Object.keys(kinds);
  return () => {
    const kind = pick(names);
    return { kind, bytes: kinds[kind]?.() ?? "" };
  };
}

/** Without halves of characters, which no URL can carry. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** A text message as a client sends it (RFC 6455, 5.2), masked with zeros. */
function frame(data: Buffer): Buffer {
  const length =
    data.length < 126
      ? Buffer.from([0x80 | data.length])
      : Buffer.from([0x80 | 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc(4), data]);
}
