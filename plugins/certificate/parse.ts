import { X509Certificate } from "node:crypto";
import { CollectError } from "../sdk";
import { splitNames } from "./names";

/** What a certificate says of itself. Texts come from strangers and are cut. */
export interface Certificate {
  readonly subject: string;
  readonly subjectCn: string;
  readonly issuer: string;
  readonly issuerCn: string;
  readonly issuerOrg: string;
  readonly names: readonly string[];
  readonly serial: string;
  readonly keyType: string;
  readonly keyBits: number | undefined;
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly selfSigned: boolean;
  matches(host: string): boolean;
}

const MAX_TEXT = 300;
/** A label's value; longer ones would be refused. */
const MAX_LABEL = 200;

const CURVE_BITS: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};
const EDWARDS_BITS: Readonly<Record<string, number>> = { ed25519: 256, ed448: 456 };

/** @param source PEM or DER @throws CollectError `parse` */
export function parseCertificate(source: string | Uint8Array, where: string): Certificate {
  try {
    const x509 = new X509Certificate(source);
    const notBefore = Date.parse(x509.validFrom);
    const notAfter = Date.parse(x509.validTo);
    if (!Number.isFinite(notBefore) || !Number.isFinite(notAfter)) throw new Error("its dates make no sense");
    const { subject, issuer } = x509.toLegacyObject();
    return {
      subject: onOneLine(x509.subject),
      subjectCn: firstOf(subject?.CN),
      issuer: onOneLine(x509.issuer),
      issuerCn: firstOf(issuer?.CN),
      issuerOrg: firstOf(issuer?.O),
      names: splitNames(x509.subjectAltName ?? ""),
      serial: x509.serialNumber.slice(0, MAX_LABEL),
      ...describeKey(x509),
      fingerprint: x509.fingerprint256,
      notBefore,
      notAfter,
      selfSigned: x509.subject === x509.issuer,
      matches: (host) => matchesHost(x509, host),
    };
  } catch (error) {
    // OpenSSL's words for it are for its programmers; they stay in the cause.
    throw new CollectError("parse", `The certificate of ${where} cannot be read.`, { cause: error });
  }
}

/** Names are compared as RFC 6125 says, by OpenSSL; an IP address must be named as one. */
function matchesHost(x509: X509Certificate, host: string): boolean {
  const isAddress = host.includes(":") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
  return (isAddress ? x509.checkIP(host) : x509.checkHost(host)) !== undefined;
}

function describeKey(x509: X509Certificate): Pick<Certificate, "keyType" | "keyBits"> {
  try {
    const { asymmetricKeyType: keyType = "unknown", asymmetricKeyDetails: details = {} } = x509.publicKey;
    const { modulusLength, namedCurve = "" } = details;
    const curve = Object.hasOwn(CURVE_BITS, namedCurve) ? CURVE_BITS[namedCurve] : undefined;
    return { keyType, keyBits: modulusLength ?? curve ?? EDWARDS_BITS[keyType] };
  } catch {
    // A kind of key that this OpenSSL does not know, in a certificate that is otherwise well.
    return { keyType: "unknown", keyBits: undefined };
  }
}

/** Typed as a text, but a name with two CNs has a list of them. */
function firstOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first.slice(0, MAX_LABEL) : "";
}

const onOneLine = (name: string | undefined) => (name ?? "").replaceAll("\n", ", ").slice(0, MAX_TEXT);
