import type { BigIntStats, Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { CollectError } from "../../../plugins/sdk/errors";

/** What holds secrets of Unity itself: whoever may add an instance must not read them through a plugin that reads files. */
export interface PrivateFiles {
  /** Keys. They may not be there. */
  readonly files: readonly string[];
  /** Of secrets that settings refer to. */
  readonly folder?: string | undefined;
}

/** Environments of processes: Unity's own holds what it was started with, and one of the same user's may be a copy of it. */
const ENVIRONMENT = /^\/proc\/.*\/environ$/;
/** A key is a few lines. */
const MOST_BYTES = 65_536;

export interface PrivacyCheck {
  /** @throws CollectError `permission` @param path absolute, without `..` */
  path(path: string): void;
  /** By what was opened: other names and links are the same file. @throws CollectError `permission` */
  opened(path: string, facts: Pick<Stats | BigIntStats, "dev" | "ino" | "size">): Promise<void>;
}

export function createPrivacyCheck({ files, folder }: PrivateFiles): PrivacyCheck {
  const refuse = (path: string) =>
    new CollectError("permission", `${path} may hold secrets of Unity or of another program; no plugin reads it.`, {
      hint: "Choose another file.",
    });
  return {
    path(path) {
      if (ENVIRONMENT.test(path) || (folder !== undefined && path.startsWith(`${folder}/`))) throw refuse(path);
    },
    async opened(path, { dev, ino, size }) {
      if (size > MOST_BYTES) return;
      for (const file of files) {
        const key = await stat(file).catch(() => undefined);
        if (key && key.dev === dev && key.ino === ino) throw refuse(path);
      }
    },
  };
}
