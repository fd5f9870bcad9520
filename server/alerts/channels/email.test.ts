import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { makeCertificates } from "../../collect/doors/test-certificates";
import { deliver } from "../deliver/deliver";
import { openTestDoors } from "../deliver/test-receiver";
import { makeMessage } from "../shapes/test-message";
import { email } from "./email";

const PASSWORD = "pass-PLANTED-word";
const certificates = makeCertificates();
const open: (SMTPServer | Server)[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A server that takes mail as it is told to, and keeps it. */
async function openServer(options: SMTPServerOptions = {}) {
  const mails: { from: string; to: string[]; user: unknown; secure: boolean; text: string }[] = [];
  const server = new SMTPServer({
    ...certificates.good,
    authOptional: true,
    onAuth: ({ username, password }, _, callback) =>
      username === "unity" && password === PASSWORD
        ? callback(null, { user: username })
        : callback(new Error("no such user")),
    onData(stream, { envelope, secure, user }, callback) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const text = String(Buffer.concat(parts));
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), user, secure, text });
        callback(null, "queued as 7");
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  return { mails, port: (server.server.address() as AddressInfo).port };
}

const tls = { caPem: certificates.caPem };
const settings = (port: number, more: object = {}) => ({
  host: "127.0.0.1",
  port,
  from: "unity@lab.test",
  to: ["anna@lab.test", "ben@lab.test"],
  tls,
  ...more,
});
const send = (config: Record<string, unknown>, message = makeMessage()) =>
  deliver(email, config, message, openTestDoors());

test.each(["starttls", "tls"])("sends over %s, with a user and a CA of one's own", async (encryption) => {
  const { mails, port } = await openServer({ secure: encryption === "tls", authOptional: false });
  const config = settings(port, { encryption, user: "unity", password: PASSWORD });
  expect(await send(config)).toMatchObject({ ok: true, answer: expect.stringContaining("queued as 7") });
  expect(mails).toMatchObject([
    { from: "unity@lab.test", to: ["anna@lab.test", "ben@lab.test"], user: "unity", secure: true },
  ]);
});

test("sends in the clear where that is wanted, and says what came of each recipient", async () => {
  const { mails, port } = await openServer({
    onRcptTo: ({ address }, _, callback) =>
      address.startsWith("ben") ? callback(Object.assign(new Error("unknown"), { responseCode: 550 })) : callback(),
  });
  const sent = await send(settings(port, { encryption: "none" }));
  expect(sent).toMatchObject({ ok: true, answer: expect.stringContaining("refused for ben@lab.test") });
  expect(mails).toMatchObject([{ to: ["anna@lab.test"], secure: false }]);
});

test("is one mail for whoever gets it twice, of the thread of its group, and nobody's automatic answer", async () => {
  const { mails, port } = await openServer();
  const message = makeMessage();
  await send(settings(port), message);
  await send(settings(port), message);
  await send(settings(port), { ...message, id: "another" });
  const header = (name: string) => mails.map(({ text }) => new RegExp(`^${name}: (.*)$`, "im").exec(text)?.[1]?.trim());
  const [one, two, three] = header("Message-ID");
  expect(one).toMatch(/^<\w+@lab\.test>$/);
  expect(two).toBe(one);
  expect(three).not.toBe(one);
  expect(new Set(header("References")).size).toBe(1);
  expect(new Set(header("Auto-Submitted"))).toEqual(new Set(["auto-generated"]));
  expect(header("X-Priority")[0]).toContain("1");
});

test.each([
  ["a wrong password", { user: "unity", password: "wrong-PLANTED" }, {}, /535/],
  ["a CA that nobody knows", { tls: {} }, {}, /certificate/i],
  ["a server without STARTTLS", {}, { disabledCommands: ["STARTTLS"] }, /TLS/],
])("does not come again after %s", async (_, more, options, answer) => {
  const { mails, port } = await openServer(options as SMTPServerOptions);
  const sent = await send(settings(port, more));
  expect(sent).toMatchObject({ ok: false, again: false, answer: expect.stringMatching(answer) });
  expect(sent.answer).not.toContain("PLANTED");
  expect(mails).toEqual([]);
});

test.each([
  [450, true],
  [421, true],
  [550, false],
  [554, false],
])("a recipient refused with %i comes again: %s", async (responseCode, again) => {
  const { port } = await openServer({
    onRcptTo: (_, __, callback) => callback(Object.assign(new Error("not now"), { responseCode })),
  });
  expect(await send(settings(port))).toMatchObject({ ok: false, again, answer: expect.stringContaining("not now") });
});

test("comes again when nobody listens, or the server hangs up", async () => {
  expect(await send(settings(9))).toMatchObject({ ok: false, again: true });
  const rude = createServer((socket) => socket.end("421 too busy\r\n"));
  await new Promise<void>((resolve) => rude.listen(0, "127.0.0.1", resolve));
  open.push(rude);
  expect(await send(settings((rude.address() as AddressInfo).port))).toMatchObject({ ok: false, again: true });
});

test("does not connect where credentials are handed out", async () => {
  const sent = await send(settings(25, { host: "169.254.169.254" }));
  expect(sent).toMatchObject({ ok: false, again: false, answer: expect.stringContaining("169.254.169.254") });
});

test("a password that the server repeats is not in the answer", async () => {
  const { port } = await openServer({
    onAuth: ({ password }, _, callback) => callback(new Error(`no user with ${password}`)),
  });
  const sent = await send(settings(port, { user: "unity", password: PASSWORD }));
  expect(sent).toMatchObject({ ok: false, again: false });
  expect(sent.answer).not.toContain(PASSWORD);
});

test("a title with line breaks makes no headers, and markup stays text", async () => {
  const { mails, port } = await openServer();
  const title = "Disk\r\nBcc: eve@evil.test\r\n\r\n<script>";
  await send(settings(port), makeMessage({ title, text: "<img src=x onerror=alert(1)>\u202E".repeat(400) }));
  const [mail] = mails;
  expect(mail?.to).toEqual(["anna@lab.test", "ben@lab.test"]);
  expect(mail?.text).not.toMatch(/^Bcc:/im);
  const html = (mail?.text.split(/content-type: text\/html/i)[1] ?? "").replace(/=\r\n/g, "");
  expect(html).not.toMatch(/<(script|img)/i);
  expect(html).toContain("&#60;");
});

test.each(["anna@lab.test\r\nBcc: x@y.z", "Anna <a@b.c>", "a@b@c", "no-address", "x@y.z,u@v.w"])(
  "takes %j for no address",
  (address) => {
    expect(email.config.safeParse(settings(25, { to: [address] })).success).toBe(false);
    expect(email.config.safeParse(settings(25, { from: address })).success).toBe(false);
  },
);
