import type { CollectContext } from "../sdk";
import type { Config, NamedTarget } from "./config";
import { readPresented } from "./handshake";
import { parseCertificate } from "./parse";
import { type Probed, unseen } from "./seen";

/** Looks at one server. Never throws: one target must not fail the others. */
export async function probeTarget(context: CollectContext<Config>, target: NamedTarget): Promise<Probed> {
  const { label, protocol, host, serverName } = target;
  try {
    const tls = await readPresented(context, target);
    const [leaf = "", ...others] = tls.chainPem;
    const certificate = parseCertificate(leaf, label);
    const chain = others.map((pem) => parseCertificate(pem, label));
    const presented = { tls, askedName: serverName ?? host };
    return { ok: true, label, protocol, chain: [certificate, ...chain], presented };
  } catch (error) {
    return unseen(label, protocol, error);
  }
}
