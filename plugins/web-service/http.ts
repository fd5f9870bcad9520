import type { CollectContext, FetchOptions, HttpAnswer, Report } from "../sdk";
import { type Judgement, judgeAnswer } from "./assertions";
import type { Config } from "./config";
import type { Endpoint } from "./endpoints";
import type { metrics } from "./metrics";
import { familyOf, inspectRefused, type PeerCertificate, readPeerCertificate } from "./peer-certificate";
import { reportPhases } from "./phases";
import { problemOf, retryConnecting, type Verdict } from "./verdict";

type Reporter = Report<typeof metrics>;

const MAX_REDIRECTS = 5;
/** Content is looked for in so much of the answer; the rest is not read. */
const MAX_BYTES = 1_024 * 1_024;
/** Year 2200: some devices never expire, in a year that is no instant for charts. Seconds. */
const LATEST = 7_258_118_400;

/** One request, on a fresh connection. What the answer says becomes readings; what is wrong with it, problems. */
export async function probeHttp(
  context: CollectContext<Config>,
  report: Reporter,
  endpoint: Endpoint & { target: { kind: "http" } },
): Promise<Verdict> {
  const { label, target } = endpoint;
  const { config, signal } = context;
  try {
    const options = buildRequest(config, endpoint);
    const answer = await retryConnecting(config.retries, signal, () => context.fetch(target.url, options));
    const judgement = judgeAnswer(answer, endpoint.settings, label);
    reportAnswer(report, endpoint, answer, judgement);
    const certificate = readPeerCertificate(answer.tls);
    if (certificate) reportCertificate(report, context, label, certificate);
    return {
      problems: judgement.problems,
      durationSeconds: answer.timings.total / 1_000,
      facts: { ...answerFacts(answer), ...certificateFacts(certificate) },
    };
  } catch (error) {
    const problem = problemOf(error);
    const tls = await inspectRefused(context, endpoint, new URL(target.url), error);
    const certificate = readPeerCertificate(tls);
    if (certificate) reportCertificate(report, context, label, certificate);
    return { problems: [problem], facts: { tlsVersion: tls?.protocol ?? "", ...certificateFacts(certificate) } };
  }
}

function buildRequest(config: Config, { settings }: Endpoint): FetchOptions {
  const { username, password = "", token, body, contentType } = settings;
  const basic = username === undefined ? undefined : encodeBasic(username, password);
  return {
    method: settings.method,
    headers: {
      "user-agent": config.userAgent,
      ...(body === undefined ? {} : { "content-type": contentType }),
      ...(basic ? { authorization: basic } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...settings.headers,
    },
    body,
    tls: { ...config.tls },
    resolve: settings.resolve,
    family: familyOf(config),
    maxRedirects: settings.followRedirects ? MAX_REDIRECTS : 0,
    maxBytes: MAX_BYTES,
    timeoutMs: config.probeTimeoutMs,
  };
}

/** RFC 7617 with UTF-8. */
const encodeBasic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;

function reportAnswer(report: Reporter, { label, settings }: Endpoint, answer: HttpAnswer, judgement: Judgement): void {
  const labels = { endpoint: label };
  report("http_probe_status_code", answer.status, labels);
  report("http_probe_duration_seconds", answer.timings.total / 1_000, labels);
  report("http_probe_redirects", answer.redirects, labels);
  report("http_probe_tls", answer.tls ? 1 : 0, labels);
  const bytes = settings.method === "HEAD" ? undefined : sizeOf(answer);
  if (bytes !== undefined) report("http_probe_response_bytes", bytes, labels);
  const version = ipVersionOf(answer.remoteAddress);
  if (version) report("http_probe_ip_version", version, labels);
  if (judgement.contentMatch !== undefined) report("http_probe_content_match", judgement.contentMatch ? 1 : 0, labels);
  if (judgement.assertionsFailed !== undefined)
    report("http_probe_assertions_failed", judgement.assertionsFailed, labels);
  reportPhases(report, label, answer);
}

/** Decoded bytes; unknown for what was cut, and for binary content without a length, which cannot be told from its text. */
function sizeOf({ headers, body, truncated }: HttpAnswer): number | undefined {
  const length = headers["content-length"];
  const packed = (headers["content-encoding"] ?? "identity") !== "identity";
  if (!packed && length !== undefined && /^\d{1,15}$/.test(length)) return Number(length);
  return truncated || body.includes("\ufffd") ? undefined : Buffer.byteLength(body, "utf8");
}

function ipVersionOf(address: string): 4 | 6 | undefined {
  if (/^(::ffff:)?\d+\.\d+\.\d+\.\d+$/i.test(address)) return 4;
  return address.includes(":") ? 6 : undefined;
}

function reportCertificate(
  report: Reporter,
  { now, config }: CollectContext<Config>,
  endpoint: string,
  { expiresAt, lifetimeMs }: PeerCertificate,
): void {
  const expiry = expiresAt / 1_000;
  if (expiry >= 0 && expiry <= LATEST) report("http_probe_certificate_expiry_timestamp_seconds", expiry, { endpoint });
  report("http_probe_certificate_remaining_seconds", (expiresAt - now) / 1_000, { endpoint });
  // A certificate for six days would warn from its birth.
  const warning = Math.min(config.certificateWarningDays * 86_400, Math.max(0, lifetimeMs / 1_000 / 3));
  report("http_probe_certificate_warning_seconds", warning, { endpoint });
}

const answerFacts = ({ status, url, redirects, remoteAddress, tls }: HttpAnswer) => ({
  status,
  finalUrl: url.replace(/[?#].*$/s, "").slice(0, 500),
  redirects,
  remoteAddress,
  tlsVersion: tls?.protocol ?? "",
});

function certificateFacts(certificate: PeerCertificate | undefined): Verdict["facts"] {
  if (!certificate) return {};
  const { subject, issuer, expiresAt } = certificate;
  return {
    certificateSubject: subject,
    certificateIssuer: issuer,
    certificateExpires: new Date(expiresAt).toISOString(),
  };
}
