import { Agent, type IncomingMessage, request } from "node:http";
import { request as requestSecurely, Agent as SecureAgent } from "node:https";

/** A question about 60 million samples may take its time; one that takes longer has no answer. */
const ANSWER_WITHIN_MS = 120_000;
/** Of an answer that is a mistake, what is shown of it. */
const SHOWN_BYTES = 500;

/** The server, or a proxy before it, answered with something else than yes. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** As `HTTP_503`. */
  readonly code: string;

  constructor(message: string, status: number) {
    super(message);
    this.code = `HTTP_${status}`;
  }
}

export interface Connection {
  /** @throws Error for anything but 2xx, with what the server said; it has no password in it */
  send(
    method: "GET" | "POST",
    path: string,
    body?: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** Parameters as a form, which may be longer than an address. */
  post(path: string, parameters: Readonly<Record<string, string>>): Promise<string>;
  /** As `post`; the lines of the answer as they come in. */
  lines(path: string, parameters: Readonly<Record<string, string>>): AsyncGenerator<string>;
  close(): void;
}

/**
 * Connections that stay open: `fetch` costs more than some answers.
 * @param url with a path where the server has one before its own, and user:password where it asks for them
 * @param options.sockets so many questions at once; more wait
 */
export function connectTo(url: string, { sockets = 1 }: { sockets?: number } = {}): Connection {
  const base = new URL(url);
  const isSecure = base.protocol === "https:";
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true, maxSockets: sockets });
  const prefix = base.pathname.replace(/\/+$/, "");
  const shown = `${base.protocol}//${base.host}${prefix}`;
  // Name and password go with each request from here.
  const start = `${base.protocol}//${base.username ? `${base.username}:${base.password}@` : ""}${base.host}${prefix}`;

  async function open(...[method, path, body, headers = {}]: Parameters<Connection["send"]>): Promise<IncomingMessage> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const length = body ? { "content-length": String(body.length) } : {};
      const options = { method, agent, signal, headers: { ...headers, ...length } };
      const asked = (isSecure ? requestSecurely : request)(new URL(start + path), options, resolve);
      asked.on("error", (error: NodeJS.ErrnoException) =>
        reject(new Error(`${shown} does not answer: ${error.message || error.code}`, { cause: error })),
      );
      asked.end(body);
    });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const said = (await readText(answer)).slice(0, SHOWN_BYTES).trim();
    throw new Refused(`${shown} answered ${status} to ${method} ${path.slice(0, 200)}: ${said}`, status);
  }

  const openForm = (path: string, parameters: Readonly<Record<string, string>>) => {
    const body = Buffer.from(new URLSearchParams(parameters).toString());
    return open("POST", path, body, { "content-type": "application/x-www-form-urlencoded" });
  };
  return {
    send: async (...asked) => readText(await open(...asked)),
    post: async (path, parameters) => readText(await openForm(path, parameters)),
    async *lines(path, parameters) {
      const answer = await openForm(path, parameters);
      answer.setEncoding("utf8");
      let rest = "";
      for await (const part of answer) {
        const lines = (rest + String(part)).split("\n");
        rest = lines.pop() ?? "";
        yield* lines;
      }
      if (rest !== "") yield rest;
    },
    close: () => agent.destroy(),
  };
}

async function readText(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return Buffer.concat(parts).toString();
}
