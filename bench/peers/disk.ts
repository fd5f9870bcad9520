import { join } from "node:path";
import { z } from "zod";
import { connectTo } from "../../server/metrics/victoriametrics/connection";
import { readFolderBytes } from "../measure/folder-bytes";
import { pause, until } from "../measure/pause";
import type { PeerName } from "./peer";

/** Merging what came in goes on in the background. */
const SETTLED_AFTER_MS = 3_000;
const SETTLED_WITHIN_MS = 180_000;

const Snapshot = z.object({ data: z.object({ name: z.string() }) });

export interface Disk {
  /** Waits until the peer does not rewrite its files any more. @throws Error after three minutes */
  settle(): Promise<void>;
  /** What all samples take in the form in which they are kept for good. */
  readBytes(): Promise<number>;
}

export function createDisk(name: PeerName, { url, folder }: { url: string; folder: string }): Disk {
  const data = join(folder, "data");
  const { send, close } = connectTo(url);
  const ask = (method: "GET" | "POST", path: string) => send(method, path).finally(close);
  return {
    async settle() {
      // A snapshot is of links; what it is for is that the memory is emptied before.
      if (name === "victoriametrics") await ask("GET", "/snapshot/create");
      let bytes = await readFolderBytes(data);
      await until(`the files of ${name} are at rest`, SETTLED_WITHIN_MS, async () => {
        const before = bytes;
        await pause(SETTLED_AFTER_MS);
        bytes = await readFolderBytes(data);
        return bytes === before;
      });
      if (name === "victoriametrics") await ask("GET", "/snapshot/delete_all");
    },
    async readBytes() {
      if (name === "victoriametrics") return readFolderBytes(data);
      // The newest hours are in the head and its log until they are a block; in a snapshot everything is.
      const snapshot = Snapshot.parse(JSON.parse(await ask("POST", "/api/v1/admin/tsdb/snapshot")));
      return readFolderBytes(join(data, "snapshots", snapshot.data.name));
    },
  };
}
