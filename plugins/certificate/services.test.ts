import { X509Certificate } from "node:crypto";
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { type Dovecot, startDovecot } from "../email-server/test-dovecot";
import { type Postfix, startPostfix } from "../email-server/test-postfix";
import { startNginx } from "./test-nginx";

const certificates = makeCertificates();
const { caPem, good } = certificates;
const leaf = new X509Certificate(good.cert);

/** Certificate and key as files. */
function writePair(service: Service, name: string, pair: { cert: string; key: string }) {
  const [cert, key] = [join(service.folder, `${name}.pem`), join(service.folder, `${name}.key`)];
  writeFileSync(cert, pair.cert);
  writeFileSync(key, pair.key);
  return { cert, key };
}

/** Expects the certificate that the service was given, trusted by its CA. */
async function expectGood(service: Service, target: string, where: string, ca = caPem, expected = leaf): Promise<void> {
  const { value, labels, partial } = await service.collect({ targets: [target], caPem: ca });
  const of = { target: where };
  expect(partial).toEqual([]);
  expect(value("certificate_probe_success", of)).toBe(1);
  expect(value("certificate_expiry_timestamp_seconds", of)).toBe(Date.parse(expected.validTo) / 1_000);
  expect(value("certificate_chain_valid", of)).toBe(1);
  expect(value("certificate_hostname_match", of)).toBe(1);
  expect(value("certificate_handshake_duration_seconds", of)).toBeGreaterThan(0);
  expect(labels("certificate_info", of)?.fingerprint_sha256).toBe(expected.fingerprint256);
}

async function expectGone(service: Service, target: string, where: string): Promise<void> {
  const { value, partial } = await service.collect({ targets: [target] });
  expect(value("certificate_probe_success", { target: where })).toBe(0);
  expect(partial).toMatchObject([{ reason: "unreachable" }]);
}

describeService("certificate", "TLS", (service) => {
  const ports = { good: 0, expired: 0, other: 0, plain: 0 };
  let nginx: Running;

  beforeAll(async () => {
    const files = {
      good: writePair(service, "good", good),
      expired: writePair(service, "expired", certificates.expired),
      other: writePair(service, "other", certificates.otherName),
    };
    const blocks: string[] = [];
    for (const name of ["good", "expired", "other"] as const) {
      ports[name] = await service.port();
      const { cert, key } = files[name];
      blocks.push(
        `server { listen 127.0.0.1:${ports[name]} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key}; return 204; }`,
      );
    }
    ports.plain = await service.port();
    blocks.push(`server { listen 127.0.0.1:${ports.plain}; return 204; }`);
    nginx = await startNginx(service, blocks.join("\n"), ports.good);
    service.version((await service.run("sh", ["-c", "nginx -v 2>&1"])).replace("nginx version: ", ""));
  });

  test("shows the certificate it was given", () =>
    expectGood(service, `localhost:${ports.good}`, `localhost:${ports.good}`));

  test("one that expired, one for another name and a port without TLS are told apart", async () => {
    const targets = [ports.expired, ports.other, ports.plain].map((port) => `localhost:${port}`);
    const { value, partial } = await service.collect({ targets, caPem });
    const [expired = "", other = "", plain = ""] = targets;
    expect(value("certificate_remaining_seconds", { target: expired })).toBeLessThan(0);
    expect(value("certificate_chain_valid", { target: expired })).toBe(0);
    expect(value("certificate_hostname_match", { target: expired })).toBe(1);
    expect(value("certificate_hostname_match", { target: other })).toBe(0);
    expect(value("certificate_chain_valid", { target: other })).toBe(1);
    expect(value("certificate_probe_success", { target: plain })).toBe(0);
    expect(partial).toMatchObject([{ reason: "tls" }]);
  });

  test("without the CA it is not trusted, and its dates are read all the same", async () => {
    const target = `localhost:${ports.good}`;
    const { value } = await service.collect({ targets: [target] });
    expect(value("certificate_chain_valid", { target })).toBe(0);
    expect(value("certificate_remaining_seconds", { target })).toBeGreaterThan(29 * 86_400);
  });

  test("a certificate that was renewed is another one after a reload", async () => {
    const target = `localhost:${ports.good}`;
    const fingerprint = async () =>
      (await service.collect({ targets: [target], caPem })).labels("certificate_info")?.fingerprint_sha256;
    const before = await fingerprint();
    writePair(service, "good", makeCertificates().good);
    nginx.kill("SIGHUP");
    await service.until(async () => (await fingerprint()) !== before);
  });

  test("a stopped server is unreachable", async () => {
    await nginx.stop();
    await expectGone(service, `localhost:${ports.good}`, `localhost:${ports.good}`);
  });
});

describeService("certificate", "STARTTLS, SMTP", (service) => {
  let postfix: Postfix;
  const where = () => `localhost:${postfix.port}`;

  beforeAll(async () => {
    const { cert, key } = writePair(service, "good", good);
    postfix = await startPostfix(service, {
      smtpd_tls_security_level: "may",
      smtpd_tls_chain_files: `${key}, ${cert}`,
    });
    service.version(`Postfix ${await service.run("postconf", ["-c", postfix.configuration, "-h", "mail_version"])}`);
  });

  test("shows the certificate it was given", () => expectGood(service, `smtp://${where()}`, where()));

  test("without TLS in its settings it offers none", async () => {
    appendFileSync(join(postfix.configuration, "main.cf"), "smtpd_tls_security_level = none\n");
    await service.run("postfix", ["-c", postfix.configuration, "reload"]);
    await service.until(
      async () => (await service.collect({ targets: [`smtp://${where()}`] })).partial[0]?.reason === "tls",
    );
  });

  test("a stopped server is unreachable", async () => {
    await postfix.running.stop();
    await expectGone(service, `smtp://${where()}`, where());
  });
});

describeService("certificate", "STARTTLS, IMAP and POP3", (service) => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot(service, "imap pop3");
    service.version(`Dovecot ${await service.run("dovecot", ["--version"])}`);
  });

  test("shows its certificate over each protocol, and from the start", async () => {
    const targets = [
      `imap://localhost:${dovecot.imap}`,
      `pop3://localhost:${dovecot.pop3}`,
      `localhost:${dovecot.imaps}`,
    ];
    const { value, partial, readings } = await service.collect({ targets, caPem: dovecot.caPem });
    expect(partial).toEqual([]);
    for (const port of [dovecot.imap, dovecot.pop3, dovecot.imaps]) {
      expect(value("certificate_probe_success", { target: `localhost:${port}` })).toBe(1);
      expect(value("certificate_chain_valid", { target: `localhost:${port}` })).toBe(1);
    }
    const prints = readings.flatMap(({ metric, labels }) =>
      metric === "certificate_info" ? [labels.fingerprint_sha256] : [],
    );
    expect(prints).toHaveLength(3);
    expect(new Set(prints).size).toBe(1);
  });

  test("a stopped server is unreachable", async () => {
    await dovecot.running.stop();
    await expectGone(service, `imap://localhost:${dovecot.imap}`, `localhost:${dovecot.imap}`);
  });
});

describeService("certificate", "STARTTLS, LDAP", (service) => {
  test("shows the certificate it was given, and is unreachable when it is stopped", async () => {
    const port = await service.port();
    const { cert, key } = writePair(service, "good", good);
    writeFileSync(
      join(service.folder, "slapd.conf"),
      `pidfile ${service.folder}/slapd.pid
TLSCertificateFile ${cert}
TLSCertificateKeyFile ${key}
`,
    );
    const args = ["-d", "0", "-h", `ldap://127.0.0.1:${port}`, "-f", join(service.folder, "slapd.conf")];
    const slapd = await service.start("slapd", args, { port });
    service.version(await service.run("sh", ["-c", "slapd -VV 2>&1 | grep -o 'slapd [0-9.]*' | head -1"]));
    await expectGood(service, `ldap://localhost:${port}`, `localhost:${port}`);
    await slapd.stop();
    await expectGone(service, `ldap://localhost:${port}`, `localhost:${port}`);
  });
});

describeService("certificate", "PostgreSQL", (service) => {
  test("shows the certificate it was given, and is unreachable when it is stopped", async () => {
    const port = await service.port();
    const root = "/usr/lib/postgresql";
    const [version = ""] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    const [data, bin] = [join(service.folder, "data"), join(root, version, "bin")];
    // It refuses to run as root.
    const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    await service.run("chown", ["65534:65534", service.folder]);
    await service.run("setpriv", [
      ...asNobody,
      join(bin, "initdb"),
      "--no-sync",
      "-A",
      "trust",
      "-U",
      "postgres",
      data,
    ]);
    for (const { path, text } of [
      { path: join(data, "server.crt"), text: good.cert },
      { path: join(data, "server.key"), text: good.key },
    ]) {
      writeFileSync(path, text, { mode: 0o600 });
      await service.run("chown", ["65534:65534", path]);
    }
    const settings = [
      "ssl=on",
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      `unix_socket_directories=${data}`,
      "fsync=off",
    ];
    const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
    const postgres = await service.start(join(bin, "postgres"), args, {
      port,
      uid: 65_534,
      gid: 65_534,
      stopSignal: "SIGINT",
    });
    service.version(await service.run(join(bin, "postgres"), ["--version"]));
    await expectGood(service, `postgres://localhost:${port}`, `localhost:${port}`);
    await postgres.stop();
    await expectGone(service, `postgres://localhost:${port}`, `localhost:${port}`);
  });
});

describeService("certificate", "Files", (service) => {
  test("reads PEM and DER as openssl writes them, and what it renewed", async () => {
    const at = (name: string) => join(service.folder, name);
    const make = (days: number) =>
      service.run("openssl", [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", String(days)],
        ...[
          "-subj",
          "/CN=nas.lab",
          "-addext",
          "subjectAltName=DNS:nas.lab",
          "-keyout",
          at("k.pem"),
          "-out",
          at("c.pem"),
        ],
      ]);
    await make(5);
    await service.run("openssl", ["x509", "-in", at("c.pem"), "-outform", "der", "-out", at("c.der")]);
    service.version(await service.run("openssl", ["version"]));
    const look = () => service.collect({ files: [at("c.*")] });
    const { value, readings } = await look();
    expect(readings.filter(({ metric }) => metric === "certificate_info")).toHaveLength(2);
    for (const name of ["c.pem", "c.der"])
      expect(value("certificate_remaining_seconds", { target: at(name) })).toBeLessThan(5 * 86_400);
    await make(400);
    expect((await look()).value("certificate_remaining_seconds", { target: at("c.pem") })).toBeGreaterThan(
      399 * 86_400,
    );
  });
});
