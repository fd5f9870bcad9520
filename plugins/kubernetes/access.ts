import { type CollectContext, CollectError, type TlsChoice } from "../sdk";
import type { Config } from "./config";
import { askCredentialProgram } from "./credential-program";
import { type ChosenContext, parseKubeconfig } from "./kubeconfig";

type Context = CollectContext<Config>;

/** Where the API server is and how one gets in. */
export interface Access {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsChoice;
}

const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
/** Known to every pod, and a name of the API server's certificate. */
const IN_CLUSTER_SERVER = "https://kubernetes.default.svc";

/** Finds it out anew in each run: tokens of service accounts are replaced every hour. @throws CollectError */
export async function findAccess(context: Context): Promise<Access> {
  const { config } = context;
  if (config.inCluster) {
    const token = await readAccount(context, "token");
    const caPem = config.tls.caPem ?? (await readAccount(context, "ca.crt"));
    return { server: config.server ?? IN_CLUSTER_SERVER, headers: bearer(token), tls: { ...config.tls, caPem } };
  }
  if (config.kubeconfig === undefined && config.kubeconfigPath === undefined)
    return { server: config.server ?? "", headers: config.token ? bearer(config.token) : {}, tls: config.tls };
  const text = config.kubeconfig ?? (await readKubeconfig(context, config.kubeconfigPath ?? ""));
  return fromKubeconfig(context, await parseKubeconfig(text, config.context));
}

async function readKubeconfig(context: Context, path: string): Promise<string> {
  try {
    return await context.readFile(path);
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason !== "permission") throw error;
    throw new CollectError("permission", error.message, {
      hint: `Let it in: setfacl -m u:unity:r ${path}. Better: a service account with its token, which may only read.`,
      cause: error,
    });
  }
}

async function readAccount(context: Context, name: string): Promise<string> {
  try {
    return (await context.readFile(`${ACCOUNT}/${name}`)).trim();
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason !== "not_found") throw error;
    throw new CollectError("not_found", "There is no service account here: Unity does not run in a pod.", {
      hint: "Use a kubeconfig, or set automountServiceAccountToken: true for the pod.",
      cause: error,
    });
  }
}

async function fromKubeconfig(context: Context, { cluster, user }: ChosenContext): Promise<Access> {
  const { tls } = context.config;
  const file = (path: string | null | undefined, data: string | null | undefined) => readEither(context, path, data);
  const program = user.exec ? await askCredentialProgram(context, user.exec) : undefined;
  if (!user.exec && user["auth-provider"])
    throw new CollectError(
      "unsupported_version",
      "The kubeconfig uses an auth-provider, which Kubernetes 1.26 removed.",
      {
        hint: "Use a token or a client certificate.",
      },
    );
  return {
    server: cluster.server,
    headers: await headersOf(context, user, program?.token),
    tls: {
      verify: tls.verify && !cluster["insecure-skip-tls-verify"],
      caPem: tls.caPem ?? (await file(cluster["certificate-authority"], cluster["certificate-authority-data"])),
      serverName: tls.serverName ?? cluster["tls-server-name"] ?? undefined,
      certPem: program?.certPem ?? (await file(user["client-certificate"], user["client-certificate-data"])),
      keyPem: program?.keyPem ?? (await file(user["client-key"], user["client-key-data"])),
    },
  };
}

/** In kubectl's order: a token, a file with one, user and password. */
async function headersOf(
  context: Context,
  user: ChosenContext["user"],
  made: string | undefined,
): Promise<Access["headers"]> {
  if (made ?? user.token) return bearer(made ?? user.token ?? "");
  if (user.tokenFile) return bearer((await readEither(context, user.tokenFile, undefined)) ?? "");
  if (!user.username) return {};
  return { authorization: `Basic ${Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64")}` };
}

/** `…-data` is Base64; a path may be relative to the kubeconfig's folder. */
async function readEither(context: Context, path: string | null | undefined, data: string | null | undefined) {
  if (data) return Buffer.from(data, "base64").toString("utf8");
  if (!path) return undefined;
  const folder = context.config.kubeconfigPath?.replace(/\/[^/]*$/, "");
  if (!path.startsWith("/") && folder === undefined)
    throw new CollectError("not_found", "The kubeconfig names a file without its folder.", {
      hint: "Paste what this prints: kubectl config view --minify --flatten",
    });
  return (await context.readFile(path.startsWith("/") ? path : `${folder}/${path}`)).trim();
}

const bearer = (token: string) => ({ authorization: `Bearer ${token.trim()}` });
