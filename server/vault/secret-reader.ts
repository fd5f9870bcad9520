import { readFile, realpath, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { z } from "zod";
import { CollectError } from "../../plugins/sdk/errors";
import { messageOf } from "../errors";
import { mapSecrets } from "../secret-fields";
import { isReference, parseReference, refuseVariable } from "../secret-reference";
import { isSealed } from "./cipher";
import { listTexts } from "./map-texts";
import type { Vault } from "./vault";

/** What stores and runs know of secrets. */
export type Secrets = Vault & SecretReader;

type Json = Readonly<Record<string, unknown>>;

/** Makes of a configuration as it is kept the one that is used. */
export interface SecretReader {
  /**
   * With what references stand for. What has none comes back itself, at once. @throws CollectError `config` for a secret that is not there
   * or cannot be read
   */
  read(schema: z.core.$ZodType, config: Json): Json | Promise<Json>;
  /** Why a reference must not be stored, and where it stands; undefined when all may be. */
  refuse(schema: z.core.$ZodType, config: Json): { readonly path: readonly string[]; readonly why: string } | undefined;
}

interface Parts {
  readonly vault: Pick<Vault, "explain">;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Only what lies in it can be referred to. */
  readonly folder: string;
  /** What is never read for others. */
  readonly keyFiles: readonly string[];
}

/** A kubeconfig with certificates is the largest that there is. */
const MOST_BYTES = 1_000_000;

export function createSecretReader({ vault, env, folder, keyFiles }: Parts): SecretReader {
  /** What is read the same way each time is one object: whoever parsed it needs not parse it again. */
  const known = new WeakMap<Json, { readonly values: string; readonly config: Json }>();
  const plans = new WeakMap<Json, readonly string[]>();

  function planOf(schema: z.core.$ZodType, config: Json): readonly string[] {
    const before = plans.get(config);
    if (before) return before;
    refuseUnreadable(config);
    const found = new Set<string>();
    mapSecrets(schema, config, (text) => {
      if (isReference(text)) found.add(text);
      return text;
    });
    const plan = [...found];
    plans.set(config, plan);
    return plan;
  }

  function refuseUnreadable(config: Json): void {
    const sealed = listTexts(config).find(({ text }) => isSealed(text));
    if (!sealed) return;
    const { message, hint } = vault.explain(sealed.text);
    throw new CollectError("config", `The secret ${sealed.path.join(".")} cannot be read: ${message}.`, { hint });
  }

  async function readAll(schema: z.core.$ZodType, config: Json, plan: readonly string[]): Promise<Json> {
    const values = new Map<string, string>();
    for (const reference of plan) values.set(reference, await readOne(reference));
    const key = JSON.stringify([...values]);
    const before = known.get(config);
    if (before?.values === key) return before.config;
    const read = mapSecrets(schema, config, (text) => values.get(text) ?? text);
    known.set(config, { values: key, config: read });
    return read;
  }

  async function readOne(text: string): Promise<string> {
    const reference = parseReference(text);
    if (reference?.kind === "variable") {
      const refused = refuseVariable(reference.name);
      if (refused) throw new CollectError("config", refused);
      const value = env[reference.name];
      if (value) return value;
      throw new CollectError("config", `The variable ${reference.name} is not set, and a secret refers to it.`, {
        hint: "Set it where Unity is started, and start Unity anew.",
      });
    }
    return readSecretFile(reference?.path ?? "");
  }

  async function readSecretFile(path: string): Promise<string> {
    const missing = (error: unknown): never => {
      throw new CollectError("config", `${path} cannot be read, and a secret refers to it: ${messageOf(error)}`, {
        hint: `Put it into ${folder}, readable for the user that Unity runs as.`,
        cause: error,
      });
    };
    if (!isBelow(resolve(path), resolve(folder))) throw new CollectError("config", outside(path));
    const real = await realpath(path).catch(missing);
    // Of links, where they lead: what is mounted for Kubernetes consists of them.
    const allowed = await realpath(folder).catch(missing);
    if (!isBelow(real, allowed)) throw new CollectError("config", outside(path));
    for (const keyFile of keyFiles)
      if (real === (await realpath(keyFile).catch(() => "")))
        throw new CollectError("config", `${path} is Unity's own key, and no secret of anything else.`);
    const file = await stat(real).catch(missing);
    if (!file.isFile() || file.size > MOST_BYTES)
      throw new CollectError("config", `${path} is no file of at most ${MOST_BYTES / 1_000_000} MB.`);
    const text = (await readFile(real, "utf8").catch(missing)).replace(/\r?\n$/, "");
    if (text === "") throw new CollectError("config", `${path} is empty, and a secret refers to it.`);
    return text;
  }

  const outside = (path: string) => `${path} does not lie in ${folder}; no other file can be referred to.`;

  return {
    read(schema, config) {
      const plan = planOf(schema, config);
      return plan.length === 0 ? config : readAll(schema, config, plan);
    },
    refuse(schema, config) {
      let found: { path: readonly string[]; why: string } | undefined;
      mapSecrets(schema, config, (text, path) => {
        const reference = parseReference(text);
        const why =
          reference?.kind === "variable"
            ? refuseVariable(reference.name)
            : reference && !isBelow(resolve(reference.path), resolve(folder)) && outside(reference.path);
        if (why) found ??= { path, why };
        return text;
      });
      return found;
    },
  };
}

const isBelow = (path: string, folder: string) => path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
