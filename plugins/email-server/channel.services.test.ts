import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { email } from "../../server/alerts/channels/email";
import { deliver } from "../../server/alerts/deliver/deliver";
import { openTestDoors } from "../../server/alerts/deliver/test-receiver";
import { makeMessage } from "../../server/alerts/shapes/test-message";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { type Postfix, startPostfix } from "./test-postfix";

/** The channel that alerts go out by, through a real Postfix to where the mail arrives. */
describeService("email-server", "Postfix", (service) => {
  const certificates = makeCertificates();
  const mails: { to: string[]; text: string }[] = [];
  const mailbox = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, { envelope }, callback) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: String(Buffer.concat(parts)) });
        callback();
      });
    },
  });
  let postfix: Postfix;

  beforeAll(async () => {
    await new Promise<void>((resolve) => mailbox.listen(0, "127.0.0.1", resolve));
    const at = (name: string, text: string) => {
      writeFileSync(join(service.folder, name), text);
      return join(service.folder, name);
    };
    postfix = await startPostfix(service, {
      relayhost: `[127.0.0.1]:${(mailbox.server.address() as AddressInfo).port}`,
      smtpd_tls_chain_files: at("chain.pem", `${certificates.good.key}${certificates.good.cert}`),
      smtpd_tls_security_level: "encrypt",
      smtpd_recipient_restrictions:
        "check_recipient_access inline:{nobody@away.test=REJECT}, permit_mynetworks, reject",
    });
  });
  afterAll(() => new Promise<void>((resolve) => mailbox.close(resolve)));

  const send = (more: object = {}, message = makeMessage()) => {
    const config = {
      host: "127.0.0.1",
      port: postfix.port,
      from: "unity@lab.test",
      to: ["anna@away.test"],
      tls: { caPem: certificates.caPem },
      ...more,
    };
    return deliver(email, config, message, openTestDoors());
  };

  test("a mail is taken over STARTTLS and arrives once, whole", async () => {
    expect(await send()).toMatchObject({ ok: true, answer: expect.stringMatching(/^250 .*queued as/) });
    await service.until(async () => mails.length > 0);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["anna@away.test"]);
    expect(mails[0]?.text).toMatch(/^Subject: Disk nearly full on nas\r$/m);
    expect(mails[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  test("what it refuses for good does not come again", async () => {
    expect(await send({ to: ["nobody@away.test"] })).toMatchObject({ ok: false, again: false });
    expect(await send({ encryption: "none" })).toMatchObject({ ok: false, again: false });
    expect(await send({ tls: {} })).toMatchObject({ ok: false, again: false });
  });

  test("one that was stopped is tried again", async () => {
    await postfix.running.stop();
    expect(await send()).toMatchObject({ ok: false, again: true });
  });
});
