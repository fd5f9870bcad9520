import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type Dovecot, PASSWORD, startDovecot, USER } from "./test-dovecot";
import { type Postfix, startPostfix } from "./test-postfix";

describeService("email-server", "SMTP and IMAP probe", (service) => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  const smtp = (more = {}) => ({ host: "127.0.0.1", port: postfix.port, tls: "starttls", ...more });
  const imap = (more = {}) => ({ host: "127.0.0.1", port: dovecot.imap, tls: "starttls", ...more });
  const login = { username: USER, password: PASSWORD };
  const collect = (config: object) => service.collect({ mta: "none", tls: { caPem: dovecot.caPem }, ...config });

  beforeAll(async () => {
    dovecot = await startDovecot(service, "imap");
    postfix = await startPostfix(service, {
      smtpd_tls_security_level: "may",
      smtpd_tls_chain_files: `${service.folder}/key.pem, ${service.folder}/cert.pem`,
      smtpd_sasl_auth_enable: "yes",
      smtpd_sasl_type: "dovecot",
      smtpd_sasl_path: join(service.folder, "auth"),
      smtpd_tls_auth_only: "yes",
    });
    service.version(
      `Postfix ${(await service.run("postconf", ["-c", postfix.configuration, "-h", "mail_version"])).trim()}, Dovecot ${await service.run("dovecot", ["--version"])}`,
    );
  });

  test("greets, encrypts, logs in, and looks into the inbox", async () => {
    const { value, failure, partial } = await collect({ smtp: smtp(login), imap: imap(login) });
    expect([failure, partial]).toEqual([undefined, []]);
    for (const service of ["smtp", "imap"]) {
      expect(value("mail_login_ok", { service })).toBe(1);
      const left = (value("mail_tls_certificate_expiry_timestamp_seconds", { service }) ?? 0) - Date.now() / 1_000;
      expect(left).toBeGreaterThan(29 * 86_400);
      expect(left).toBeLessThan(31 * 86_400);
      expect(value(`mail_${service}_up`)).toBe(1);
      for (const phase of ["connect", "greeting", "tls", "login", "total"])
        expect(value(`mail_${service}_duration_seconds`, { phase })).toBeGreaterThan(0);
    }
    expect(value("mail_inbox_messages")).toBe(0);
    expect(value("mail_quota_used_ratio")).toBe(0);
  });

  test("counts messages that are there and unread, and how full the mailbox is", async () => {
    const letter = `Subject: one\n\n${"x".repeat(70)}\n`.padEnd(262_144, "y".repeat(70).concat("\n"));
    for (const [place, name] of [
      ["new", "1.a.mx"],
      ["cur", "2.b.mx:2,S"],
    ] as const) {
      const path = join(service.folder, "mail", USER, place, name);
      writeFileSync(path, letter);
      chownSync(path, 65_534, 65_534);
    }
    await service.run("doveadm", ["-c", dovecot.configuration, "quota", "recalc", "-u", USER]);
    const { value } = await collect({ imap: imap(login) });
    expect(value("mail_inbox_messages")).toBe(2);
    expect(value("mail_inbox_unseen")).toBe(1);
    expect(value("mail_quota_used_ratio")).toBeCloseTo(0.5, 2);
  });

  test("a wrong password is told, and that the service is up all the same", async () => {
    const wrong = { username: USER, password: "wrong" };
    const { value, failure, partial } = await collect({ smtp: smtp(wrong), imap: imap(wrong) });
    expect([failure?.reason, ...partial.map(({ reason }) => reason)]).toEqual(["auth", "auth"]);
    expect([value("mail_smtp_up"), value("mail_imap_up")]).toEqual([1, 1]);
    expect(value("mail_login_ok", { service: "imap" })).toBe(0);
  });

  test("a certificate of a CA that is not known is told, with its dates", async () => {
    const { value, failure } = await collect({ imap: imap(login), tls: {} });
    expect(failure?.reason).toBe("tls");
    expect(value("mail_imap_up")).toBe(0);
    expect(value("mail_tls_certificate_expiry_timestamp_seconds", { service: "imap" })).toBeGreaterThan(0);
    expect(value("mail_login_ok", { service: "imap" })).toBeUndefined();
  });

  test("no password is given away without TLS that was asked for, or where no login is offered", async () => {
    const { failure } = await collect({ smtp: smtp({ ...login, tls: "none" }) });
    expect(failure?.reason).toBe("auth");
  });

  test("a stopped service is unreachable", async () => {
    await Promise.all([postfix.running.stop(), dovecot.running.stop()]);
    const { value, failure } = await collect({ smtp: smtp(), imap: imap() });
    expect(failure?.reason).toBe("unreachable");
    expect([value("mail_smtp_up"), value("mail_imap_up")]).toEqual([0, 0]);
  });
});

describeService("email-server", "Round trip", (service) => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  const config = (to: string) => ({
    mta: "none",
    smtp: { host: "127.0.0.1", port: postfix.port, tls: "none" },
    imap: { host: "127.0.0.1", port: dovecot.imaps, tls: "implicit", username: USER, password: PASSWORD },
    roundtrip: { enabled: true, from: "unity@lab.test", to, intervalSeconds: 60, timeoutSeconds: 30 },
    tls: { caPem: dovecot.caPem },
  });

  beforeAll(async () => {
    dovecot = await startDovecot(service, "imap lmtp");
    postfix = await startPostfix(service, {
      virtual_mailbox_domains: "lab.test",
      virtual_mailbox_maps: `inline:{${USER}@lab.test=yes lost@lab.test=yes}`,
      virtual_transport: `lmtp:unix:${dovecot.lmtp}`,
      transport_maps: "inline:{lost@lab.test=discard:}",
    });
    service.version(
      `Postfix ${(await service.run("postconf", ["-c", postfix.configuration, "-h", "mail_version"])).trim()}, Dovecot ${await service.run("dovecot", ["--version"])}`,
    );
  });

  test("a message goes round, is measured, and deleted", async () => {
    const memory = service.memory();
    let now = Date.now();
    const collect = () => service.collect(config(`${USER}@lab.test`), { memory, now });
    let seen = await collect();
    // A first message starts half a dozen programs, and may come after the run that sent it.
    await service.until(async () => {
      if (seen.value("mail_roundtrip_ok") === 1 && seen.value("mail_roundtrip_seconds") !== 0) return true;
      now += 61_000;
      seen = await collect();
      return false;
    });
    expect([seen.failure, seen.partial]).toEqual([undefined, []]);
    expect(seen.value("mail_roundtrip_seconds")).toBeGreaterThan(0);
    expect(seen.value("mail_roundtrip_seconds")).toBeLessThan(8);
    now += 1_000;
    const between = await collect();
    expect(between.value("mail_roundtrip_seconds")).toBe(seen.value("mail_roundtrip_seconds"));
    expect(between.value("mail_inbox_messages")).toBe(0);
  });

  test("one that is lost counts as failed when its time is over, the next one as well", async () => {
    const memory = service.memory();
    const begin = Date.now();
    const later = (seconds: number) =>
      service.collect(config("lost@lab.test"), { memory, now: begin + seconds * 1_000 });
    expect((await later(0)).value("mail_roundtrip_ok")).toBeUndefined();
    const given = await later(31);
    expect(given.value("mail_roundtrip_ok")).toBe(0);
    expect(given.partial).toMatchObject([{ reason: "partial" }]);
    await later(62);
    expect((await later(93)).value("mail_roundtrip_failed_tries")).toBe(2);
  });

  test("one that is refused fails at once", async () => {
    const { value, partial } = await service.collect(config("nobody@lab.test"));
    expect(value("mail_roundtrip_ok")).toBe(0);
    expect(value("mail_smtp_up")).toBe(1);
    expect(partial).toMatchObject([{ message: expect.stringContaining("550") }]);
  });
});
