import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { noNamespaces, wrapNamespaced } from "./test-namespace";
import { type Postfix, startPostfix } from "./test-postfix";
import { writeSendmailConfiguration } from "./test-sendmail";

describeService("email-server", "Postfix", (service) => {
  let postfix: Postfix;
  const collect = (config = {}, options = {}) =>
    service.collect({ mta: "postfix", mtaConfigDir: postfix.configuration, ...config }, options);

  beforeAll(async () => {
    postfix = await startPostfix(service, { relayhost: `[127.0.0.1]:${await service.port()}` });
    service.version(`Postfix ${await service.run("postconf", ["-c", postfix.configuration, "-h", "mail_version"])}`);
  });

  test("an empty queue is empty", async () => {
    const { value, labels, failure, partial } = await collect();
    expect([failure, partial]).toEqual([undefined, []]);
    for (const queue of ["active", "deferred", "hold"]) expect(value("mail_queue_messages", { queue })).toBe(0);
    expect(value("mail_queue_size_bytes")).toBe(0);
    expect(labels("mail_info", { mta: "postfix" })?.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("counts what cannot be delivered, why, and what the log says of it", async () => {
    const memory = service.memory();
    const log = { logPath: postfix.log };
    expect((await collect(log, { memory })).value("mail_delivery_total", { status: "deferred" })).toBe(0);
    for (const to of ["a@away.test", "b@away.test", "c@away.test"]) await postfix.send(to);
    let seen = await collect(log, { memory });
    // It gives the reason first, puts the message away, and its log comes last.
    await service.until(async () => {
      seen = await collect(log, { memory });
      return (
        seen.value("mail_queue_deferred_reasons", { reason_class: "connect" }) === 3 &&
        seen.value("mail_queue_messages", { queue: "deferred" }) === 3 &&
        seen.value("mail_delivery_total", { status: "deferred" }) === 3
      );
    });
    const { value, inventory } = seen;
    expect(value("mail_queue_waiting_messages")).toBe(3);
    expect(value("mail_queue_size_bytes")).toBeGreaterThan(600);
    expect(value("mail_queue_oldest_age_seconds", { queue: "deferred" })).toBeLessThan(60);
    expect(value("mail_delivery_total", { status: "sent" })).toBe(0);
    const rows = inventory?.lists?.queue ?? [];
    expect(rows.map(({ recipient }) => recipient).sort()).toEqual(["a@away.test", "b@away.test", "c@away.test"]);
    expect(rows[0]).toMatchObject({ sender: "root@lab.test", reason: expect.stringContaining("refused") });
  });

  test("tells what was put on hold from what waits", async () => {
    const [row] = (await collect()).inventory?.lists?.queue ?? [];
    await service.run("postsuper", ["-c", postfix.configuration, "-h", String(row?.id)]);
    const { value } = await collect();
    expect(value("mail_queue_messages", { queue: "hold" })).toBe(1);
    expect(value("mail_queue_waiting_messages")).toBe(2);
  });

  test("a stopped Postfix is unreachable, though root still sees its queue", async () => {
    await postfix.running.stop();
    const { value, partial } = await collect();
    expect(partial).toMatchObject([{ reason: "unreachable" }]);
    expect(value("mail_queue_messages", { queue: "deferred" })).toBe(2);
    expect((await collect({ mtaConfigDir: "/nowhere" })).failure?.reason).toBe("not_found");
  });
});

describeService("email-server", "Exim", (service) => {
  if (noNamespaces) return test.skip(`skipped: ${noNamespaces}`);
  const file = join(service.folder, "exim.conf");
  const uid = 65_534;
  const program = join(service.unpacked("exim4-daemon-light"), "usr/sbin/exim4");
  const folder = wrapNamespaced(service, "exim4", {
    program,
    // The user that Exim was built for.
    files: {
      "/etc/passwd": `root:x:0:0::/:/bin/sh\nnobody:x:${uid}:${uid}::/:/bin/false\nDebian-exim:x:${uid}:${uid}::/:/bin/false\n`,
      "/etc/group": `root:x:0:\nnogroup:x:${uid}:\nDebian-exim:x:${uid}:\n`,
    },
  });
  const toolFolders = [folder];
  const exim = join(folder, "exim4");
  const collect = (config = {}) => service.collect({ mta: "exim", mtaConfigDir: file, ...config }, { toolFolders });

  beforeAll(async () => {
    const closed = await service.port();
    for (const name of ["spool", "log"]) {
      mkdirSync(join(service.folder, name));
      chownSync(join(service.folder, name), uid, uid);
    }
    writeFileSync(
      file,
      `spool_directory = ${service.folder}/spool
log_file_path = ${service.folder}/log/%slog
exim_path = ${program}
exim_user = Debian-exim
exim_group = Debian-exim
trusted_users = root
primary_hostname = mx.lab.test
keep_environment =
begin routers
all:
  driver = manualroute
  route_list = * 127.0.0.1
  transport = away
  self = send
begin transports
away:
  driver = smtp
  port = ${closed}
begin retry
* * F,2h,15m
`,
    );
    service.version(await service.run(exim, ["-C", file, "-bV"]));
  });

  test("counts its queue, and what it has frozen in it", async () => {
    const before = await collect();
    expect([before.failure, before.value("mail_queue_messages", { queue: "deferred" })]).toEqual([undefined, 0]);
    for (const to of ["a@away.test", "b@away.test"])
      await service.run(exim, ["-C", file, "-odi", "-f", "root@lab.test", to], { input: "Subject: t\n\nhello\n" });
    const { value, labels, inventory } = await collect();
    expect(value("mail_queue_messages", { queue: "deferred" })).toBe(2);
    expect(value("mail_queue_size_bytes")).toBeGreaterThan(100);
    expect(labels("mail_info")?.version).toMatch(/^4\.\d+/);
    const [row] = inventory?.lists?.queue ?? [];
    expect(row).toMatchObject({ sender: "root@lab.test", recipient: expect.stringMatching(/^[ab]@away\.test$/) });
    await service.run(exim, ["-C", file, "-Mf", String(row?.id)]);
    const after = await collect();
    expect(after.value("mail_queue_frozen")).toBe(1);
    expect(after.value("mail_queue_waiting_messages")).toBe(1);
  });

  test("reads what its log says of deliveries", async () => {
    const memory = service.memory();
    const config = { mta: "none", logPath: join(service.folder, "log/mainlog") };
    await service.collect(config, { memory });
    const args = ["-C", file, "-odi", "-f", "root@lab.test", "c@away.test"];
    await service.run(exim, args, { input: "Subject: t\n\nhello\n" });
    await service.until(
      async () =>
        (await service.collect(config, { memory })).value("mail_delivery_total", { status: "deferred" }) === 1,
    );
  });

  test("a configuration that is not there is told", async () => {
    expect((await collect({ mtaConfigDir: "/nowhere" })).failure?.reason).toBe("not_found");
  });
});

describeService("email-server", "Sendmail", (service) => {
  if (noNamespaces) return test.skip(`skipped: ${noNamespaces}`);
  const folder = wrapNamespaced(service, "sendmail", {
    program: join(service.unpacked("sendmail-bin"), "usr/libexec/sendmail/sendmail"),
    // It looks for its own whole name each time, and waits a minute when nobody knows it.
    files: { "/etc/hosts": `127.0.0.1 ${hostname()}.lab.test ${hostname()} localhost\n` },
  });
  const toolFolders = [folder];
  const sendmail = join(folder, "sendmail");
  let file = "";
  const collect = () => service.collect({ mta: "sendmail", mtaConfigDir: file }, { toolFolders });

  beforeAll(async () => {
    file = await writeSendmailConfiguration(service, await service.port());
    service.version(await service.run(sendmail, ["-C", file, "-d0.1", "-bp"]));
  });

  test("counts its queue, and why messages wait", async () => {
    expect((await collect()).value("mail_queue_messages", { queue: "deferred" })).toBe(0);
    for (const to of ["a@away.test", "b@away.test"]) {
      const args = ["-C", file, "-odq", "-f", "root@lab.test", to];
      await service.run(sendmail, args, { input: "Subject: t\n\nhello\n" });
    }
    await service.run(sendmail, ["-C", file, "-q"]);
    let seen = await collect();
    // The run of the queue may go on in the background.
    await service.until(async () => {
      seen = await collect();
      return seen.value("mail_queue_deferred_reasons", { reason_class: "connect" }) === 2;
    });
    const { value, labels, failure, inventory } = seen;
    expect(failure).toBeUndefined();
    expect(value("mail_queue_messages", { queue: "deferred" })).toBe(2);
    expect(value("mail_queue_oldest_age_seconds", { queue: "deferred" })).toBeLessThan(180);
    expect(labels("mail_info")?.version).toMatch(/^8\.\d+/);
    expect(inventory?.lists?.queue?.[0]).toMatchObject({ sender: "root@lab.test", recipients: 1 });
  });
});
