import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface TestCertificates {
  readonly caPem: string;
  /** For localhost and 127.0.0.1, signed by the CA through an intermediate one, which is sent along. */
  readonly good: { readonly cert: string; readonly key: string };
  /** For other.test. */
  readonly otherName: { readonly cert: string; readonly key: string };
  readonly expired: { readonly cert: string; readonly key: string };
  readonly selfSigned: { readonly cert: string; readonly key: string };
}

/** For tests only: real certificates from the openssl command, made anew each time. */
export function makeCertificates(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), "unity-certificates-"));
  const openssl = (...args: string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const newKey = (name: string) =>
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", `${name}.key`);
  const selfSign = (name: string, ...rest: string[]) => {
    newKey(name);
    openssl("req", "-x509", "-new", "-key", `${name}.key`, "-out", `${name}.pem`, "-subj", `/CN=${name}`, ...rest);
  };
  const sign = (name: string, issuer: string, extensions: string, days: string) => {
    newKey(name);
    writeFileSync(join(folder, `${name}.ext`), extensions);
    openssl("req", "-new", "-key", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"];
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...by,
      "-days",
      days,
      "-extfile",
      `${name}.ext`,
      "-out",
      `${name}.pem`,
    );
  };
  try {
    selfSign("root", "-days", "30", "-addext", "basicConstraints=critical,CA:TRUE");
    sign("middle", "root", "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign", "30");
    const local = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1";
    sign("good", "middle", local, "30");
    sign("other", "middle", "subjectAltName=DNS:other.test", "30");
    sign("expired", "middle", local, "-1");
    selfSign("self", "-days", "30", "-addext", local);
    const pair = (name: string) => ({ cert: `${read(`${name}.pem`)}${read("middle.pem")}`, key: read(`${name}.key`) });
    return {
      caPem: read("root.pem"),
      good: pair("good"),
      otherName: pair("other"),
      expired: pair("expired"),
      selfSigned: { cert: read("self.pem"), key: read("self.key") },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
