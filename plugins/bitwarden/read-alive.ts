import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { type HttpAnswer, type HttpApi, parseAnswer } from "../sdk";
import type { Context, Reported } from "./source";

/** The server's time as a JSON text: "2026-08-20T20:03:56.123456Z". */
const Instant = z
  .string()
  .transform((text) => Date.parse(text))
  .refine(Number.isFinite, "this is no time");

/**
 * Asks whether the server is well. For the answer it takes a connection to its database, so an error there is one here.
 * What can be learned on the way is reported: the time it took, its clock, its certificate.
 *
 * @throws CollectError after it was reported that it is not
 */
export async function readAlive(context: Context, api: HttpApi, report: Reported): Promise<void> {
  let isAlive = false;
  try {
    const answer = await askAlive(api);
    const at = parseAnswer(Instant, answer);
    isAlive = true;
    report("vault_alive_duration_seconds", answer.timings.total / 1_000);
    report("vault_clock_skew_seconds", (at - context.now) / 1_000);
    reportCertificate(report, answer);
  } finally {
    report("vault_alive", isAlive ? 1 : 0);
  }
}

async function askAlive(api: HttpApi): Promise<HttpAnswer> {
  const answer = await api.ask("/alive", { accept: [404] });
  // Behind a proxy that hands on the API only.
  return answer.status === 404 ? api.ask("/api/alive") : answer;
}

function reportCertificate(report: Reported, { tls, url }: HttpAnswer): void {
  const pem = tls?.chainPem[0];
  if (pem === undefined) return;
  try {
    const expiresAt = Date.parse(new X509Certificate(pem).validTo);
    if (Number.isFinite(expiresAt)) report("vault_certificate_expiry_timestamp_seconds", expiresAt / 1_000);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report.partial("parse", `${new URL(url).host} has a certificate that cannot be read: ${why}.`);
  }
}
