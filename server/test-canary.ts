import { randomBytes } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { z } from "zod";
import type { Plugin } from "../plugins/sdk/plugin";
import { makeCertificates } from "./collect/doors/test-certificates";
import { mapSecrets } from "./secret-fields";

/** In every secret that is planted, and nowhere else. Letters and digits, so that every field takes it. */
const STEM = `cnry${randomBytes(5).toString("hex")}`;
let planted = 0;

export function makeCanary(): string {
  planted += 1;
  return `${STEM}x${String(planted).padStart(4, "0")}`;
}

/** However it may be written: as it is (also in an address or in JSON), as hexadecimal digits, or as base64 at any of its three places. */
const waysOf = (secret: string) => ({
  inAnyCase: [secret.toLowerCase(), Buffer.from(secret).toString("hex")],
  asItIs: [0, 1, 2].map((before) => {
    const text = Buffer.from(" ".repeat(before) + secret).toString("base64");
    // Without the signs that neighbours have a part in.
    return text.slice(before === 0 ? 0 : before + 1, text.length - (text.endsWith("=") ? 4 : 1));
  }),
});
const watched = [waysOf(STEM)];

/** Looks for this one, too, from now on: a secret that nobody can choose. */
export function watchFor(secret: string): void {
  watched.push(waysOf(secret));
}

/** @returns what stands around each canary, so that whoever reads it knows where it got out */
export function findCanaries(text: string): string[] {
  const low = text.toLowerCase();
  return watched.flatMap(({ inAnyCase, asItIs }) =>
    [...inAnyCase.map((way) => low.indexOf(way)), ...asItIs.map((way) => text.indexOf(way))].flatMap((at) =>
      at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 60)],
    ),
  );
}

/** A service that says whatever it was told, as HTTP and as plain bytes. */
export async function openEchoes() {
  let asked = 0;
  const http = createHttpServer(async (request, response) => {
    asked += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const told = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`;
    const status = [401, 200, 500, 403, 400][asked % 5] ?? 200;
    const text = asked % 2 === 0 ? JSON.stringify({ error: told, message: told, errors: [{ message: told }] }) : told;
    response.writeHead(status, { "content-type": asked % 2 === 0 ? "application/json" : "text/plain" }).end(text);
  });
  const tcp = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("220 ready\r\n");
    socket.on("data", (chunk) => socket.write(Buffer.concat([Buffer.from("-ERR 535 "), chunk, Buffer.from("\r\n")])));
    socket.setTimeout(1_500, () => socket.destroy());
  });
  const listen = async (server: Server) => {
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    return (server.address() as AddressInfo).port;
  };
  const httpPort = await listen(http);
  const tcpPort = await listen(tcp);
  return {
    url: `http://127.0.0.1:${httpPort}`,
    tcpPort,
    asked: () => asked,
    close() {
      http.closeAllConnections();
      http.close();
      tcp.close();
    },
  };
}

interface Field {
  readonly secret?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly additionalProperties?: Field | boolean;
}
type Config = Record<string, unknown>;
type Echoes = Pick<Awaited<ReturnType<typeof openEchoes>>, "url" | "tcpPort">;

const readForm = (plugin: Plugin) => z.toJSONSchema(plugin.config, { io: "input", unrepresentable: "any" }) as Field;

/** Where a configuration may have secrets, as paths. */
export function listSecretPaths(plugin: Plugin): string[] {
  const walk = (field: Field, path: string): string[] => [
    ...(field.secret ? [path] : []),
    ...Object.entries(field.properties ?? {}).flatMap(([name, child]) => walk(child, path ? `${path}.${name}` : name)),
    ...(field.items ? walk(field.items, `${path}[]`) : []),
    ...(field.anyOf ?? []).flatMap((option) => walk(option, path)),
    ...(typeof field.additionalProperties === "object" ? walk(field.additionalProperties, `${path}{}`) : []),
  ];
  return [...new Set(walk(readForm(plugin), ""))];
}

/** Fields that choose what the others mean. */
const CHOICES = ["type", "game", "job", "auth", "version", "securityLevel", "backend", "protocol"];

/** Where one secret excludes another, or wants something beside it. */
const MORE: Readonly<Record<string, (url: string) => Config[]>> = {
  certificate: (url) => [
    {
      targets: [url.replace("http", "https")],
      clientKeyPem: makeCanary(),
      clientCertPem: makeCertificates().good.cert,
    },
  ],
  kubernetes: (url) => [{ server: url, token: makeCanary(), headers: { "X-Canary": makeCanary() } }],
  "nginx-proxy-manager": (url) => [{ url, token: makeCanary(), headers: { "X-Canary": makeCanary() } }],
  prometheus: (url) => [{ url, token: makeCanary(), headers: { "X-Canary": makeCanary() } }],
  "reverse-proxy": (url) => [
    { type: "caddy", url, token: makeCanary() },
    { type: "traefik", url, token: makeCanary() },
  ],
  "web-service": (url) => [
    { address: url, token: makeCanary(), headers: { "X-Canary": makeCanary() } },
    { address: url, endpoints: [{ address: url, label: "two", username: "anna", password: makeCanary() }] },
    {
      address: url,
      endpoints: [{ address: url, label: "two", token: makeCanary(), headers: { "X-Canary": makeCanary() } }],
    },
  ],
};
const MOST_OF_ONE = 8;

/** Configurations with canaries in the secret fields, aimed at the echoes: of each kind one, more where a secret excludes another. */
export function plantConfigs(plugin: Plugin, echoes: Echoes): Config[] {
  const form = readForm(plugin);
  const paths = listSecretPaths(plugin);
  if (paths.length === 0) return [];
  const kinds = CHOICES.flatMap((name) => (form.properties?.[name]?.enum ?? []).map((value) => ({ [name]: value })));
  const all: Config[] = [paths, ...paths.map((path) => [path])].flatMap((chosen) =>
    [{}, ...kinds].flatMap((kind): Config[] => {
      const config = settle(plugin, { ...fill(form, "", new Set(chosen), echoes), ...kind });
      return config ? [config] : [];
    }),
  );
  return [...(MORE[plugin.id]?.(echoes.url) ?? []), ...all].filter(hasCanary).slice(0, MOST_OF_ONE);
}

const hasCanary = (config: Config) => JSON.stringify(config).includes(STEM);

/** The paths at which a configuration has canaries. */
export function pathsOf(plugin: Plugin, config: Config): string[] {
  const found: string[] = [];
  mapSecrets(plugin.config, config, (text, path) => {
    if (text.includes(STEM)) found.push(path.join("."));
    return text;
  });
  return found;
}

/** Without the addresses and names that this configuration must not have. */
function settle(plugin: Plugin, config: Config): Config | undefined {
  let tried = config;
  for (let round = 0; round < 12; round += 1) {
    const parsed = plugin.config.safeParse(tried);
    if (parsed.success) return tried;
    const name = String(parsed.error.issues[0]?.path[0] ?? "");
    if (!Object.hasOwn(tried, name) || JSON.stringify(tried[name]).includes(STEM)) return undefined;
    tried = Object.fromEntries(Object.entries(tried).filter(([key]) => key !== name));
  }
  return undefined;
}

const NAMED: Readonly<Record<string, (echoes: Echoes) => unknown>> = {
  url: ({ url }) => url,
  address: ({ url }) => url,
  endpoint: ({ url }) => url,
  server: ({ url }) => url,
  metricsUrl: ({ url }) => url,
  crowdsecUrl: ({ url }) => url,
  dovecotMetricsUrl: ({ url }) => url,
  host: () => "127.0.0.1",
  port: ({ tcpPort }) => tcpPort,
  management: ({ tcpPort }) => `127.0.0.1:${tcpPort}`,
  uri: ({ tcpPort }) => `mongodb://127.0.0.1:${tcpPort}`,
  username: () => "anna",
  user: () => "anna",
  repository: () => "/nowhere/repository",
};

function fill(form: Field, path: string, chosen: ReadonlySet<string>, echoes: Echoes): Config {
  const config: Config = {};
  for (const [name, field] of Object.entries(form.properties ?? {})) {
    const here = path ? `${path}.${name}` : name;
    const isOnTheWay = [...chosen].some((one) => one.startsWith(`${here}.`) || one.startsWith(`${here}[]`));
    const options = [field, ...(field.anyOf ?? [])];
    const object = options.find(({ properties }) => properties);
    const item = [field.items, ...(field.items?.anyOf ?? [])].find((one) => one?.properties);
    if (chosen.has(here)) config[name] = makeCanary();
    else if (chosen.has(`${here}{}`)) config[name] = { XCANARY: makeCanary() };
    else if (isOnTheWay && object) config[name] = fill(object, here, chosen, echoes);
    else if (isOnTheWay && item) config[name] = [fill(item, `${here}[]`, chosen, echoes)];
    else {
      const value = NAMED[name]?.(echoes);
      if (value !== undefined) config[name] = value;
    }
  }
  return config;
}
