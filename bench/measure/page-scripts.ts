import { gzipSync } from "node:zlib";
import { timedGet } from "./http-timing";

/** Every script that a page's HTML loads. Not those for browsers without modules: no browser that runs Unity asks for them. */
export function listScripts(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/gi) ?? [];
  const wanted = tags.filter((tag) => !/\bnomodule\b/i.test(tag));
  const files = wanted.flatMap((tag) => /\b(?:src|href)="(\/_next\/static\/[^"?]+\.js)/.exec(tag)?.[1] ?? []);
  return [...new Set(files)];
}

/** Bytes of these scripts as they come over the wire to a client that knows gzip. */
export async function gzippedBytes(url: string, scripts: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const script of scripts) {
    const { encoding, body } = await timedGet(`${url}${script}`, { acceptEncoding: "gzip", cookie: "" });
    bytes += encoding === "gzip" ? body.length : gzipSync(body).length;
  }
  return bytes;
}
