import { connect, type Socket } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type Dovecot, PASSWORD, startDovecot, USER } from "./test-dovecot";

describeService("email-server", "Dovecot", (service) => {
  let dovecot: Dovecot;
  const config = () => ({
    mta: "none",
    dovecotMetricsUrl: `http://127.0.0.1:${dovecot.metrics}/metrics`,
    dovecotSessions: true,
    dovecotConfig: dovecot.configuration,
  });
  const imap = () => ({
    imap: { host: "127.0.0.1", port: dovecot.imaps, tls: "implicit", username: USER, password: PASSWORD },
    tls: { caPem: dovecot.caPem },
  });

  beforeAll(async () => {
    dovecot = await startDovecot(service, "imap");
    service.version(`Dovecot ${await service.run("dovecot", ["--version"])}`);
  });

  test("counts events by the names of its configuration", async () => {
    const before = await service.collect(config());
    expect([before.failure, before.partial]).toEqual([undefined, []]);
    expect(before.labels("mail_info", { mta: "dovecot" })?.version).toMatch(/^2\./);
    await service.collect({ ...config(), ...imap() });
    await service.collect({ mta: "none", ...imap(), imap: { ...imap().imap, password: "wrong" } });
    await service.until(async () => {
      const { value } = await service.collect(config());
      return (
        value("mail_dovecot_events_total", { event: "auth_success" }) === 1 &&
        (value("mail_dovecot_events_total", { event: "auth_failures" }) ?? 0) >= 1 &&
        (value("mail_dovecot_events_total", { event: "imap_command" }) ?? 0) >= 4
      );
    });
  });

  test("counts who is logged in", async () => {
    const sessions = async () => (await service.collect(config())).value("mail_sessions", { protocol: "imap" });
    // Those of the test before may not have been counted off yet.
    await service.until(async () => (await sessions()) === 0);
    const sockets = await Promise.all([openSession(dovecot.imap), openSession(dovecot.imap)]);
    await service.until(async () => (await sessions()) === 2);
    for (const socket of sockets) socket.destroy();
    await service.until(async () => (await sessions()) === 0);
  });

  test("a stopped Dovecot is unreachable", async () => {
    await dovecot.running.stop();
    const { failure, partial } = await service.collect(config());
    expect([failure?.reason, ...partial.map(({ reason }) => reason)]).toEqual(["unreachable", "unreachable"]);
  });
});

/** Logs in and stays. */
function openSession(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("error", reject);
    socket.once("data", () => socket.write(`a LOGIN ${USER} "${PASSWORD}"\r\n`));
    socket.on("data", (data) => {
      if (/^a OK/m.test(data.toString())) resolve(socket);
    });
  });
}
