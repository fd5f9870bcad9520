import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { CollectError, parseAnswer, readPart, toLabel } from "../sdk";
import type { Access } from "./access";
import type { Cluster } from "./cluster";

const Version = z.object({ gitVersion: z.string() });

/** Asks the version, which says whether this is an API server at all. @throws CollectError */
export async function collectApiServer(cluster: Cluster, access: Access): Promise<string> {
  const { api, report } = cluster;
  const answer = await api.ask("/version");
  const version = toLabel(parseAnswer(Version, answer).gitVersion);
  report("kube_info", 1, { version });
  report("kube_api_response_duration_seconds", answer.timings.total / 1_000);
  reportExpiry(cluster, "api_server", answer.tls?.chainPem[0]);
  reportExpiry(cluster, "client", access.tls.certPem);
  await readPart(cluster.context, report, () => collectReadiness(cluster));
  return version;
}

/** Text as "[+]etcd ok" a line; 500 when something is not. Before 1.16 there is no such path. */
async function collectReadiness({ api, report }: Cluster): Promise<void> {
  const answer = await api.ask("/readyz?verbose", { headers: { accept: "text/plain" }, accept: [404, 500] });
  if (answer.status === 404) return;
  report("kube_api_ready", answer.status === 200 ? 1 : 0);
  const failing = [...answer.body.matchAll(/^\[-\](\S+)/gm)].map(([, name]) => name).slice(0, 10);
  if (answer.status === 500)
    report.partial(
      "unreachable",
      `The API server is not ready: ${toLabel(failing.join(", ")) || "it does not say why"}.`,
    );
}

function reportExpiry({ report }: Cluster, certificate: string, pem: string | undefined): void {
  if (pem === undefined) return;
  const at = Date.parse(readCertificate(pem, certificate).validTo);
  if (!Number.isNaN(at)) report("kube_certificate_expiry_timestamp_seconds", Math.floor(at / 1_000), { certificate });
}

function readCertificate(pem: string, certificate: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new CollectError("parse", `The ${certificate === "client" ? "client's" : "server's"} certificate is none.`, {
      cause: error,
    });
  }
}
