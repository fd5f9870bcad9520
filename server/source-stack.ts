import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

/** A place in a module of the built server. */
const FRAME = /(file:\/\/\/[^\s()]+\.js):(\d+):(\d+)/g;
/** Where the built server is. What an error says may name any other file. */
const OWN = new URL(".", import.meta.url).href;
/** What is read for one error often serves the next ones too. */
const KEPT_MS = 60_000;

let maps: Map<string, SourceMap | undefined> | undefined;

/**
 * A stack with its places as the sources have them. Node does that itself with `--enable-source-maps`, but then has the maps of all modules
 * in memory from the start, which is several megabytes for what may never be asked; here they are read when an error is told.
 */
export function sourceStack(stack: string, below = OWN): string {
  return stack.replace(FRAME, (place, url: string, line: string, column: string) => {
    const origin = url.startsWith(below) && mapOf(url)?.findOrigin(Number(line), Number(column));
    return origin && "fileName" in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
  });
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps) {
    maps = new Map();
    setTimeout(() => {
      maps = undefined;
    }, KEPT_MS).unref();
  }
  if (!maps.has(url)) maps.set(url, readMap(`${url}.map`));
  return maps.get(url);
}

/** There is none in development, where tsx maps by itself. */
function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(url), "utf8")));
  } catch {
    return undefined;
  }
}
