import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { type RequestOptions, request } from "node:https";
import { join } from "node:path";
import { WebSocket } from "ws";
import { createServing } from "../../server/http/serve";
import { freePort, openServed } from "../../server/http/test-matrix";
import { readFencedBlocks } from "./fenced-blocks";
import { ROOT } from "./list-pages";

/** As docs/proxies.md calls it. */
const NAME = "unity.home";
/** The browser's, so that it is not taken for the proxy's own, 127.0.0.1. */
export const BROWSER = "127.0.0.5";
/** Who else's a browser may say it has. */
export const CLAIMED = "203.0.113.66";

/** For tests only: the block of a proxy in docs/proxies.md, with what is different here put in. @throws Error for a word that is not in it */
export function fillBlock(language: string, changes: Readonly<Record<string, string>>): string {
  const blocks = readFencedBlocks(readFileSync(join(ROOT, "docs/proxies.md"), "utf8"));
  const [block, ...others] = blocks.filter((one) => one.language === language);
  if (!block || others.length > 0) throw new Error(`docs/proxies.md does not have exactly one block ${language}.`);
  return Object.entries(changes).reduce((text, [word, instead]) => {
    if (!text.includes(word)) throw new Error(`The block ${language} of docs/proxies.md does not say ${word}.`);
    return text.replaceAll(word, instead);
  }, block.text);
}

/** For tests only: a self-signed certificate of Unity's name, files in this folder. */
export function makeCertificate(folder: string) {
  const [cert, key, both] = [join(folder, "name.crt"), join(folder, "name.key"), join(folder, "name.pem")];
  const made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const named = ["-subj", `/CN=${NAME}`, "-addext", `subjectAltName=DNS:${NAME}`];
  execFileSync("openssl", ["req", ...made, ...named, "-keyout", key, "-out", cert], { stdio: "pipe" });
  return { cert, key, both };
}

/** For tests only: a Unity that collects, and whose page `/icon.svg` comes in two parts, the second when `sendRest` says so. */
export async function openStreaming() {
  const served = await openServed();
  let sendRest = () => {};
  const pages: typeof served.pages = {
    ...served.pages,
    async page(_, response) {
      response.writeHead(200, { "content-type": "text/html" }).write("the first part");
      await new Promise<void>((resolve) => {
        sendRest = resolve;
      });
      response.end(", the rest");
    },
  };
  const serving = createServing(served.unity, pages, { trusted: [], user: undefined });
  const port = await freePort();
  await serving.listen(port, "127.0.0.1");
  served.unity.start();
  return {
    unity: served.unity,
    port,
    sendRest: () => sendRest(),
    async close() {
      await serving.close();
      await served.close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** For tests only: a browser on another address than the proxy's, which lies about it. @param ca PEM */
export function openBrowser(port: number, ca: string) {
  const origin = `https://${NAME}:${port}`;
  const common = { ca, localAddress: BROWSER, servername: NAME } satisfies RequestOptions;
  const claims = { host: `${NAME}:${port}`, "x-forwarded-for": CLAIMED, "x-forwarded-proto": "http" };

  /** @param onPart is told everything that came so far */
  function ask(
    path: string,
    {
      headers = {},
      body,
      onPart,
    }: { headers?: OutgoingHttpHeaders; body?: unknown; onPart?: (text: string) => void } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const method = body === undefined ? "GET" : "POST";
      const type = body === undefined ? {} : { "content-type": "application/json", origin };
      const own = { ...claims, ...type, ...headers };
      const asked = request({ ...common, host: "127.0.0.1", port, path, method, headers: own, agent: false });
      asked.once("error", reject);
      asked.once("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          onPart?.(Buffer.concat(chunks).toString());
        });
        response.once("error", reject);
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** @returns how many live messages came when the third did @throws Error with the status of a refusal */
  function listen(cookie: string, from = origin): Promise<number> {
    return new Promise((resolve, reject) => {
      const address = `wss://127.0.0.1:${port}/api/ws`;
      const socket = new WebSocket(address, { ...common, origin: from, headers: { ...claims, cookie } });
      let messages = 0;
      socket.once("error", reject);
      socket.once("open", () =>
        socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "live.stream" } })),
      );
      socket.on("message", (data: Buffer) => {
        const { result } = JSON.parse(data.toString()) as { result?: { type: string } };
        if (result?.type === "data") messages += 1;
        if (messages < 3) return;
        socket.close();
        resolve(messages);
      });
    });
  }

  return { origin, ask, listen };
}
