import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import type { Registry } from "../collect/registry";

const PATH = /^\/icons\/([a-z0-9-]{1,64})\.svg$/;

/** Plugin icons, `/icons/<id>.svg`: from the registry's folders only, never a path from the URL. */
export function createIconHandler(registry: Registry) {
  const cache = new Map<string, Buffer>();
  return {
    matches: (path: string) => PATH.test(path),
    async handle(response: ServerResponse, path: string): Promise<void> {
      const id = PATH.exec(path)?.[1] ?? "";
      const file = registry.get(id) ? registry.iconPath(id) : undefined;
      const icon = cache.get(id) ?? (file ? await readFile(file).catch(() => undefined) : undefined);
      if (!icon) {
        response.writeHead(404).end();
        return;
      }
      cache.set(id, icon);
      const headers = {
        "content-type": "image/svg+xml",
        "cache-control": "public, max-age=86400",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      };
      response.writeHead(200, headers).end(icon);
    },
  };
}
