import { type CollectContext, CollectError } from "../sdk";
import { type Certificate, parseCertificate } from "./parse";

/** A bundle of all public CAs has a quarter of that. */
const MAX_FILE_BYTES = 1_024 * 1_024;
/** Of a bundle, the first ones; a chain has two to four. */
const MAX_CHAIN = 50;
const PEM_BLOCK =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\sA-Za-z0-9+/=]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/**
 * The certificates in a file, leaf first, PEM or DER. Empty when it is a PEM file of something else, as a private key.
 *
 * @throws CollectError `not_found`, `permission`, `parse`
 */
export async function readCertificates(
  { stat, readFile, exec }: Pick<CollectContext, "stat" | "readFile" | "exec">,
  path: string,
): Promise<Certificate[]> {
  const { type, bytes } = await stat(path);
  if (type !== "file") throw new CollectError("not_found", `${path} is not a file.`, { hint: "Check the path." });
  if (bytes > MAX_FILE_BYTES) throw new CollectError("parse", `${path} is larger than 1 MiB: no certificate.`);
  const text = await readFile(path, { maxBytes: MAX_FILE_BYTES });
  const blocks = (text.match(PEM_BLOCK) ?? []).slice(0, MAX_CHAIN);
  if (blocks.length > 0) return blocks.map((pem) => parseCertificate(plainPem(pem), path));
  // DER begins with a sequence of more than 127 bytes.
  if (text.startsWith("0")) return [parseCertificate(await readBytes(exec, path), path)];
  return [];
}

const plainPem = (pem: string) => pem.replaceAll("X509 CERTIFICATE", "CERTIFICATE");

/** Files are read as text, which spoils bytes above 127; so DER comes through a tool that every system has. */
async function readBytes(exec: CollectContext["exec"], path: string): Promise<Uint8Array> {
  const { code, stdout, stderr } = await exec("base64", [path], { package: "coreutils" });
  if (code !== 0) throw new CollectError("permission", `${path} could not be read: ${stderr.trim().slice(0, 200)}`);
  return Buffer.from(stdout, "base64");
}
