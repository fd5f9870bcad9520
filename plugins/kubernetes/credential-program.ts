import { z } from "zod";
import { type CollectContext, CollectError, toLabel } from "../sdk";
import type { Config } from "./config";

/** What such a program prints (client.authentication.k8s.io). */
const ExecCredential = z.object({
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
  }),
});

interface Program {
  readonly command: string;
  readonly args?: readonly string[] | null | undefined;
  readonly env?: readonly { name: string; value: string }[] | null | undefined;
}

/** A kubeconfig may name a program that makes the credentials: it runs only when that was allowed. @throws CollectError */
export async function askCredentialProgram(context: CollectContext<Config>, { command, args, env }: Program) {
  const tool = command.split("/").at(-1) ?? "";
  if (!context.config.allowExec)
    throw new CollectError("permission", `The kubeconfig wants to run ${toLabel(tool)}, and that is not allowed.`, {
      hint: "Allow programs of the kubeconfig in the settings, or better: use the token of a service account.",
    });
  const { code, stdout } = await context.exec(tool, args ?? [], {
    env: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
  });
  const parsed = code === 0 ? ExecCredential.safeParse(readJson(stdout)) : undefined;
  // What it printed may be a secret.
  if (!parsed?.success)
    throw new CollectError("auth", `${toLabel(tool)} made no credentials; it ended with code ${code}.`, {
      hint: "Run it in a terminal, as the user Unity runs as.",
    });
  const { token, clientCertificateData, clientKeyData } = parsed.data.status;
  return {
    token: token ?? undefined,
    certPem: clientCertificateData ?? undefined,
    keyPem: clientKeyData ?? undefined,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The caller says that there were no credentials.
  }
}
