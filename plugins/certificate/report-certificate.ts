import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import { isTrusted } from "./handshake";
import type { metrics } from "./metrics";
import type { Seen } from "./seen";
import { thresholdsOf } from "./thresholds";

type Reporter = Report<typeof metrics>;

/** Year 2200: what lies beyond is no instant for charts. Seconds. */
const LATEST = 7_258_118_400;

/** Everything a certificate says, as readings. */
export function reportCertificate({ now, config }: CollectContext<Config>, report: Reporter, seen: Seen): void {
  const { chain, presented, label: target } = seen;
  const [leaf] = chain;
  const instant = (metric: keyof typeof metrics & `${string}_timestamp_seconds`, ms: number) => {
    if (ms >= 0 && ms / 1_000 <= LATEST) report(metric, ms / 1_000, { target });
  };
  instant("certificate_expiry_timestamp_seconds", leaf.notAfter);
  instant("certificate_not_before_timestamp_seconds", leaf.notBefore);
  instant("certificate_chain_earliest_expiry_timestamp_seconds", Math.min(...chain.map(({ notAfter }) => notAfter)));

  const lifetimeSeconds = (leaf.notAfter - leaf.notBefore) / 1_000;
  const remainingSeconds = (leaf.notAfter - now) / 1_000;
  report("certificate_remaining_seconds", remainingSeconds, { target });
  if (lifetimeSeconds > 0) report("certificate_remaining_ratio", remainingSeconds / lifetimeSeconds, { target });
  const { warningSeconds, criticalSeconds } = thresholdsOf(lifetimeSeconds, config);
  report("certificate_warning_seconds", warningSeconds, { target });
  report("certificate_critical_seconds", criticalSeconds, { target });

  report("certificate_self_signed", leaf.selfSigned ? 1 : 0, { target });
  report("certificate_san_count", leaf.names.length, { target });
  if (presented) reportPresented(config, report, seen, presented);
  report("certificate_info", 1, {
    target,
    subject_cn: leaf.subjectCn,
    issuer_cn: leaf.issuerCn,
    issuer_org: leaf.issuerOrg,
    serial: leaf.serial,
    key_type: leaf.keyType,
    key_bits: leaf.keyBits === undefined ? "" : String(leaf.keyBits),
    tls_version: presented?.tls.protocol ?? "",
    fingerprint_sha256: leaf.fingerprint,
  });
}

function reportPresented(
  { verifyChain }: Config,
  report: Reporter,
  { label: target, chain: [leaf] }: Seen,
  { tls, askedName }: NonNullable<Seen["presented"]>,
): void {
  report("certificate_handshake_duration_seconds", tls.handshakeMs / 1_000, { target });
  report("certificate_hostname_match", leaf.matches(askedName) ? 1 : 0, { target });
  if (verifyChain) report("certificate_chain_valid", isTrusted(tls) ? 1 : 0, { target });
}
