import { describe, expect, test } from "vitest";
import { makeMessage } from "../shapes/test-message";
import { ACTION, LINK, long, openSender, resolved } from "./test-send";

/** What each service of push messages and incidents is sent, word for word as it documents it. */

const { send, answered } = openSender();

describe("Gotify", () => {
  test("takes a message of plain text, with its priority and where a tap leads", async () => {
    const { method, path, headers, json } = await send("gotify");
    expect([method, path, headers["x-gotify-key"]]).toEqual(["POST", "/message", "s3cretPLANTEDs3cretPLANTED"]);
    expect(json()).toEqual({
      title: "Disk nearly full on nas",
      message: `/srv on nas is 97 % full\nOpen in Unity: ${LINK}\nAcknowledge: ${ACTION}`,
      priority: 8,
      extras: { "client::display": { contentType: "text/plain" }, "client::notification": { click: { url: LINK } } },
    });
    expect((await send("gotify", { message: resolved })).json().priority).toBe(4);
  });
});

describe("Pushover", () => {
  const fieldsOf = (text: string) => Object.fromEntries(new URLSearchParams(text));

  test("takes a form", async () => {
    const { asked, headers, text } = await send("pushover");
    expect(asked).toBe("https://api.pushover.net/1/messages.json");
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(fieldsOf(text)).toEqual({
      token: "s3cretPLANTEDs3cretPLANTED1234",
      user: "s3cretPLANTEDs3cretPLANTED5678",
      title: "Disk nearly full on nas",
      message: "/srv on nas is 97 % full",
      priority: "1",
      timestamp: String(Date.UTC(2026, 0, 2, 3, 4, 5) / 1_000),
      url: LINK,
      url_title: "Open in Unity",
    });
  });

  test("repeats an emergency, but no test of one", async () => {
    const more = { emergency: true, device: "phone" };
    expect(fieldsOf((await send("pushover", { more })).text)).toMatchObject({
      priority: "2",
      retry: "60",
      expire: "3600",
      device: "phone",
    });
    const canary = makeMessage({ kind: "canary" });
    expect(fieldsOf((await send("pushover", { more, message: canary })).text).priority).toBe("1");
  });

  test("is cut at 250 and 1,024", async () => {
    const { title = "", message = "" } = fieldsOf((await send("pushover", { message: long })).text);
    expect(title.length).toBeLessThanOrEqual(250);
    expect(message.length).toBeLessThanOrEqual(1_024);
  });
});

describe("PagerDuty", () => {
  test("opens one incident for a group, and resolves the same", async () => {
    const { asked, json } = await send("pagerduty");
    expect(asked).toBe("https://events.pagerduty.com/v2/enqueue");
    const event = json();
    expect(event).toEqual({
      routing_key: "s3cretPLANTEDs3cretPLANTEDabcdef",
      dedup_key: expect.stringMatching(/^\w{32}$/),
      event_action: "trigger",
      client: "Unity",
      client_url: LINK,
      links: [
        { href: LINK, text: "Open in Unity" },
        { href: ACTION, text: "Acknowledge" },
      ],
      payload: {
        summary: "Disk nearly full on nas",
        source: "nas.lab",
        severity: "critical",
        component: "nas",
        class: "Disk nearly full",
        timestamp: "2026-01-02T03:04:05.000Z",
        custom_details: {
          text: "/srv on nas is 97 % full",
          alerts: ["firing: /srv on nas is 97 % full (97 %) · nas"],
          more: 0,
        },
      },
    });
    const { routing_key, dedup_key } = event;
    expect((await send("pagerduty", { message: resolved })).json()).toEqual({
      routing_key,
      dedup_key,
      event_action: "resolve",
    });
    const other = makeMessage({ groupKey: "another" });
    expect((await send("pagerduty", { message: other })).json().dedup_key).not.toBe(dedup_key);
  });

  test("has a region of its own in Europe, and pages nobody for a canary", async () => {
    const { asked, json } = await send("pagerduty", {
      more: { region: "eu" },
      message: makeMessage({ kind: "canary" }),
    });
    expect(asked).toBe("https://events.eu.pagerduty.com/v2/enqueue");
    expect(json().payload.severity).toBe("info");
    expect((await send("pagerduty", { message: long })).json().payload.summary.length).toBeLessThanOrEqual(1_024);
  });
});

describe("Apprise", () => {
  test("is told under a key, with a tag and a type", async () => {
    const { method, path, headers, json } = await send("apprise", { more: { tag: "phone" } });
    expect([method, path]).toEqual(["POST", "/notify/s3cretPLANTEDs3cretPLANTED"]);
    expect(headers["x-proxy"]).toBe("s3cretPLANTEDs3cretPLANTED");
    expect(json()).toEqual({
      title: "Disk nearly full on nas",
      body: `/srv on nas is 97 % full\nOpen in Unity: ${LINK}\nAcknowledge: ${ACTION}`,
      type: "failure",
      format: "text",
      tag: "phone",
    });
    expect((await send("apprise", { message: resolved })).json().type).toBe("success");
  });

  test.each([204, 424])("%i is no success, and is not tried again", async (status) => {
    expect(await answered("apprise", { status })).toMatchObject({ ok: false, again: false });
  });
});
