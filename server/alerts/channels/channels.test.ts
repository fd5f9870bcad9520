import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { listSecrets } from "../../list-secrets";
import { CHANNEL_KINDS } from "../channel-kinds";
import { deliver } from "../deliver/deliver";
import { openReceiver, openTestDoors } from "../deliver/test-receiver";
import { makeAlert, makeMessage } from "../shapes/test-message";
import { makeHttpChannels } from "./test-channels";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

/** Its own processes and its own protocol are tested beside them. */
const NOT_HTTP = ["email", "script"];
/** What a failing service might say of what it was sent. */
const echo = (secret: string) =>
  `bad token ${secret} in ${encodeURIComponent(secret)} ${Buffer.from(`u:${secret}`).toString("base64")}`;

test("every file of the folder is a kind that people can choose", () => {
  const files = readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".ts") && !name.includes("test") && name !== "channel.ts")
    .map((name) => name.slice(0, -3));
  expect(CHANNEL_KINDS.map(({ kind }) => kind).sort()).toEqual(files.sort());
});

test("every kind that speaks HTTP is tried here", () => {
  const tried = makeHttpChannels("http://127.0.0.1:1").map(({ channel }) => channel.kind);
  expect([...tried, ...NOT_HTTP].sort()).toEqual(CHANNEL_KINDS.map(({ kind }) => kind).sort());
});

describe.each(CHANNEL_KINDS.map((channel) => [channel.kind, channel] as const))("%s", (_, channel) => {
  test("says what it is and what to do, and has a form", () => {
    expect(channel.help).toMatch(/^[A-Z].*\.$/);
    expect(channel.setup.length).toBeGreaterThan(0);
    const form = z.toJSONSchema(channel.config, { io: "input", unrepresentable: "any" });
    for (const [name, field] of Object.entries(form.properties ?? {}))
      expect(typeof field === "object" && field.title, `the title of ${name}`).toBeTruthy();
  });
});

describe.each(makeHttpChannels("http://0.0.0.0").map(({ channel }) => channel.kind))("%s", (kind) => {
  const known = () => {
    const found = makeHttpChannels(receiver.url).find(({ channel }) => channel.kind === kind);
    if (!found) throw new Error(kind);
    return found;
  };
  const send = (options: { timeoutMs?: number } = {}, message = makeMessage()) => {
    const { channel, config } = known();
    return deliver(channel, config, message, openTestDoors({ reroute: receiver.url, ...options }));
  };

  test("is delivered where the service says so", async () => {
    receiver.answer(known().fine);
    expect(await send()).toMatchObject({ ok: true });
    expect(receiver.received).toHaveLength(1);
  });

  test("comes again after 429, when the service asks for it", async () => {
    receiver.answer({ status: 429, headers: { "retry-after": "7" }, body: "slow down" });
    expect(await send()).toMatchObject({ ok: false, again: true, retryAfterMs: 7_000 });
  });

  test("comes again after 500, and after a connection that breaks", async () => {
    receiver.answer({ status: 500, body: "oops" });
    expect(await send()).toMatchObject({ ok: false, again: true, answer: expect.stringContaining("500") });
    receiver.answer({ fault: "reset" });
    expect(await send()).toMatchObject({ ok: false, again: true });
  });

  test("does not wait for a service that says nothing, and comes again", async () => {
    receiver.answer({ fault: "silence" });
    expect(await send({ timeoutMs: 100 })).toMatchObject({ ok: false, again: true });
  });

  test.each([400, 401, 403, 404])("does not come again after %i", async (status) => {
    receiver.answer({ status });
    expect(await send()).toMatchObject({ ok: false, again: false, answer: expect.stringContaining(`${status}`) });
  });

  test("follows no redirect", async () => {
    receiver.answer({ status: 307, headers: { location: "/elsewhere" } });
    expect(await send()).toMatchObject({ ok: false, again: false });
    expect(receiver.received).toHaveLength(1);
  });

  test("does not take a web page for the service's answer", async () => {
    receiver.answer({ body: "<html><title>Error: log in</title></html>", headers: { "content-type": "text/html" } });
    // Whatever answers 2xx to a webhook or a push is the service.
    expect((await send()).ok).toBe(kind === "webhook" || kind === "web-push");
  });

  test("says nothing of its secrets, whatever the service says", async () => {
    const { channel, config } = known();
    const secrets = listSecrets(channel.config, config);
    expect(secrets.filter((secret) => secret.includes("s3cret")).length).toBeGreaterThan(0);
    const said: unknown[] = [];
    for (const status of [200, 400, 500]) {
      receiver.answer(({ path, headers, body }) => {
        const all = `${secrets.map(echo).join()} ${path} ${JSON.stringify(headers)} ${body}`;
        return { status, body: status === 400 ? JSON.stringify({ message: all }) : all };
      });
      said.push(await send());
    }
    receiver.answer({ fault: "silence" });
    said.push(await send({ timeoutMs: 100 }));
    const dead = openTestDoors({ reroute: "http://127.0.0.1:9" });
    said.push(await deliver(channel, swapPort(config), makeMessage(), dead));
    const text = JSON.stringify(said);
    expect(text).not.toContain("s3cret");
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(`u:${secret}`).toString("base64"));
    }
  });

  test("is harmless and within the limits, whatever it tells of", async () => {
    receiver.answer(known().fine);
    const name = `<script>alert(1)</script> @everyone <!channel> [x](http://evil) *b* "${"\u202E"}\r\nBcc: x@y.z\0`;
    const alert = makeAlert({ summary: name, instance: name, labels: { [name]: name }, ruleName: name });
    const hostile = makeMessage({
      title: name.repeat(20),
      text: `${name}\n`.repeat(200).slice(0, 10_000),
      alerts: Array.from({ length: 50 }, () => alert),
      url: "javascript:alert(1)",
      actions: [{ title: name, url: `https://unity.lab/act/"><script>` }],
    });
    expect(await send({}, hostile)).toMatchObject({ ok: true });
    const { body } = receiver.only();
    expect(body.length).toBeLessThan(kind === "webhook" ? 400_000 : 60_000);
    expect(body.includes("\u202E")).toBe(false);
    expect(body.includes("\\u0000")).toBe(false);
    expect(body.includes("javascript:")).toBe(kind === "webhook");
  });
});

/** Where nobody listens. */
function swapPort(config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value.replace(/^http:\/\/127\.0\.0\.1:\d+/, "http://127.0.0.1:9") : value,
    ]),
  );
}
