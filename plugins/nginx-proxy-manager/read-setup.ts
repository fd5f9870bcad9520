import { type CollectContext, type Report, readPart } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { AskNpm } from "./session";
import { Certificates, type Host, Hosts, type Kind, type Setup } from "./shapes";

const PATHS: readonly (readonly [Kind, string])[] = [
  ["proxy", "/api/nginx/proxy-hosts"],
  ["redirection", "/api/nginx/redirection-hosts"],
  ["dead", "/api/nginx/dead-hosts"],
  ["stream", "/api/nginx/streams"],
];

/** A user's rights are set for each kind, so each is read on its own. */
export async function readSetup(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  ask: AskNpm,
): Promise<Setup> {
  const hosts = new Map<Kind, readonly Host[]>();
  for (const [kind, path] of PATHS) {
    const read = await readPart(context, report, () => ask(path, Hosts));
    if (read) hosts.set(kind, read);
  }
  const certificates = await readPart(context, report, () => ask("/api/nginx/certificates", Certificates));
  return { hosts, certificates };
}
