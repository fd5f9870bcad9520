import { z } from "zod";
import { CollectError, toLabel } from "../sdk";

const text = z.string().nullish();
const Cluster = z.object({
  server: z.string(),
  "certificate-authority": text,
  "certificate-authority-data": text,
  "insecure-skip-tls-verify": z.boolean().nullish(),
  "tls-server-name": text,
});
const User = z.object({
  token: text,
  tokenFile: text,
  "client-certificate": text,
  "client-certificate-data": text,
  "client-key": text,
  "client-key-data": text,
  username: text,
  password: text,
  exec: z
    .object({
      command: z.string(),
      args: z.array(z.string()).nullish(),
      env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    })
    .nullish(),
  "auth-provider": z.unknown().optional(),
});
const Context = z.object({ cluster: z.string(), user: z.string() });
const Kubeconfig = z.object({
  "current-context": text,
  clusters: z.array(z.object({ name: z.string(), cluster: Cluster })).nullish(),
  users: z.array(z.object({ name: z.string(), user: User.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: Context })).nullish(),
});

export interface ChosenContext {
  readonly cluster: z.output<typeof Cluster>;
  readonly user: z.output<typeof User>;
}

/** Reads a kubeconfig and picks a context of it. Nothing of its text gets into a message. @throws CollectError */
export async function parseKubeconfig(yamlText: string, contextName: string | undefined): Promise<ChosenContext> {
  const parsed = Kubeconfig.safeParse(await readYaml(yamlText));
  if (!parsed.success) throw malformed(parsed.error);
  const { contexts, clusters, users, "current-context": current } = parsed.data;
  const { context } = findNamed(contexts, "context", contextName || current || "");
  return {
    cluster: findNamed(clusters, "cluster", context.cluster).cluster,
    user: findNamed(users, "user", context.user).user ?? User.parse({}),
  };
}

function findNamed<T extends { readonly name: string }>(
  list: readonly T[] | null | undefined,
  kind: string,
  name: string,
): T {
  const entry = list?.find((one) => one.name === name);
  if (entry) return entry;
  const known = (list ?? []).map((one) => toLabel(one.name)).join(", ");
  throw new CollectError("not_found", `The kubeconfig has no ${kind} "${toLabel(name)}".`, {
    hint: `It has: ${known.slice(0, 200) || "none"}.`,
  });
}

async function readYaml(yamlText: string): Promise<unknown> {
  const { default: yaml } = await import("yaml");
  try {
    return yaml.parse(yamlText);
  } catch (error) {
    throw malformed(error);
  }
}

/** The cause may quote a line with a secret, so it is not kept. */
function malformed(error: unknown): CollectError {
  const where = error instanceof z.ZodError ? `: ${error.issues[0]?.path.map(String).join(".").slice(0, 100)}` : "";
  return new CollectError("parse", `The kubeconfig cannot be read${where}.`, {
    hint: "Paste the whole file: kubectl config view --minify --flatten",
  });
}
