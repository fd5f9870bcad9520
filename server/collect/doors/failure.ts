import { CollectError, errorCode, type Reason, reasonOf } from "../../../plugins/sdk/errors";
import { elapsedMs } from "./elapsed";

interface Saying {
  readonly says: string;
  readonly hint?: string;
}

/** What a Node.js error code means to a person, after the place: "db.lab:5432 refused the connection." */
const SAYINGS: Record<string, Saying> = {
  ECONNREFUSED: {
    says: "refused the connection",
    hint: "Check that the service is running and listens on this address and port.",
  },
  ECONNRESET: { says: "closed the connection without an answer", hint: "Check the port, and whether it expects TLS." },
  EPIPE: { says: "closed the connection", hint: "Check the port, and whether it expects TLS." },
  EHOSTUNREACH: { says: "cannot be reached: there is no route to it", hint: "Check the address and the network." },
  ENETUNREACH: { says: "cannot be reached: there is no route to it", hint: "Check the address and the network." },
  EHOSTDOWN: { says: "is down", hint: "Check that the machine is switched on." },
  EADDRNOTAVAIL: { says: "cannot be reached from this machine", hint: "Check the address." },
  ETIMEDOUT: { says: "did not answer", hint: "Check the address, and that no firewall drops the connection." },
  ENOTFOUND: { says: "is not a known name", hint: "Check the spelling, or use an IP address." },
  EAI_AGAIN: { says: "could not be resolved: no DNS server answered", hint: "Check this machine's DNS servers." },
  EACCES: { says: "may not be opened by the user Unity runs as", hint: "Give that user read access." },
  EPERM: { says: "may not be used by the user Unity runs as", hint: "Give that user the permission." },
  ENOENT: { says: "is not there", hint: "Check the path." },
  ENOTDIR: { says: "is not a folder", hint: "Check the path." },
  EISDIR: { says: "is a folder, not a file", hint: "Check the path." },
  CERT_HAS_EXPIRED: { says: "has an expired certificate", hint: "Renew the certificate." },
  CERT_NOT_YET_VALID: { says: "has a certificate that is not valid yet", hint: "Check the clocks of both machines." },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    says: "has a certificate for another name",
    hint: "Use the name in the certificate, or set the TLS server name.",
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    says: "does not speak TLS on this port",
    hint: "Check the port, or switch TLS off (http:// instead of https://).",
  },
};
const UNTRUSTED: Saying = {
  says: "has a certificate that this machine does not trust",
  hint: "Paste the CA's certificate into the TLS settings; switch verification off only if you must.",
};
for (const code of [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
])
  SAYINGS[code] = UNTRUSTED;

/** Turns whatever was thrown into a CollectError that says what, where and what to do. */
export function toCollectError(error: unknown, where: string, reason: Reason = reasonOf(error)): CollectError {
  if (error instanceof CollectError) return error;
  const code = errorCode(error);
  const saying = SAYINGS[code];
  if (saying) return new CollectError(reason, `${where} ${saying.says}.`, { hint: saying.hint, cause: error });
  const text = (error instanceof Error && error.message) || code || String(error);
  return new CollectError(reason, `${where} failed: ${text.slice(0, 500)}`, { cause: error });
}

/** The error of something that took too long. */
export function tooLate(where: string, timeoutMs: number): CollectError {
  return new CollectError("timeout", `${where} did not answer in ${timeoutMs / 1_000} s.`, {
    hint: "Check the address, and that the service is running and not overloaded.",
  });
}

/** The error of a run that was ended from outside. */
export function stopped(signal: AbortSignal): CollectError {
  if (signal.reason instanceof CollectError) return signal.reason;
  return new CollectError("timeout", "The run was stopped before it was done.", { cause: signal.reason });
}

/** Adds how long it took to fail, which says something too: a refused connection is an answer. */
export function timeFailure<T>(work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  return work.catch((error: unknown) => {
    if (!(error instanceof CollectError) || error.elapsedMs !== undefined) throw error;
    const { reason, message, hint, cause } = error;
    throw new CollectError(reason, message, { hint, cause, elapsedMs: elapsedMs(startedAt) });
  });
}
