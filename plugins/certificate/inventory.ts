import type { Inventory } from "../sdk";
import { isTrusted } from "./handshake";
import { MAX_NAMES_SHOWN } from "./names";
import type { Probed } from "./seen";

/** What each certificate is, in words. */
export function inventoryOf(probed: readonly Probed[], verifyChain: boolean): Inventory {
  const rows = [...probed]
    .sort((a, b) => a.label.localeCompare(b.label, "en"))
    .map((one) => {
      const base = { target: one.label, protocol: one.protocol };
      if (!one.ok) return { ...base, problem: one.message.slice(0, 1_000) };
      const { chain, presented } = one;
      const [leaf] = chain;
      const more = leaf.names.length > MAX_NAMES_SHOWN ? `, and ${leaf.names.length - MAX_NAMES_SHOWN} more` : "";
      return {
        ...base,
        subject: leaf.subject,
        issuer: leaf.issuer,
        names: `${leaf.names.slice(0, MAX_NAMES_SHOWN).join(", ").slice(0, 2_000)}${more}`,
        validFrom: new Date(leaf.notBefore).toISOString(),
        validTo: new Date(leaf.notAfter).toISOString(),
        key: [leaf.keyType, leaf.keyBits].filter((part) => part !== undefined).join(" "),
        serial: leaf.serial,
        fingerprintSha256: leaf.fingerprint,
        chainLength: chain.length,
        tlsVersion: presented?.tls.protocol ?? null,
        verdict:
          !presented || !verifyChain ? null : isTrusted(presented.tls) ? "trusted" : presented.tls.authorizationError,
        problem: "",
      };
    });
  return { facts: { certificates: probed.filter(({ ok }) => ok).length }, lists: { certificates: rows } };
}
