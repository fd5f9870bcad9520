import { describe, expect, test } from "vitest";
import { makeMessage } from "../shapes/test-message";
import { ACTION, hostile, LINK, long, openSender, resolved } from "./test-send";

/** What each service of messages is sent, word for word as it documents it. */

const { send, answered } = openSender();

describe("Telegram", () => {
  test("takes HTML of which only its own tags are markup", async () => {
    const { method, path, json } = await send("telegram", { more: { thread: 7 } });
    expect([method, path]).toEqual(["POST", "/bot123456:s3cretPLANTEDs3cretPLANTED/sendMessage"]);
    expect(json()).toEqual({
      chat_id: "-100123",
      message_thread_id: 7,
      text: `<b>Disk nearly full on nas</b>\n/srv on nas is 97 % full\n<a href="${LINK}">Open in Unity</a> · <a href="${ACTION}">Acknowledge</a>`,
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
      disable_notification: false,
    });
    const { text } = (await send("telegram", { message: hostile })).json();
    expect(text).toContain("<b>&lt;b&gt;x&lt;/b&gt; &amp; @everyone");
  });

  test("is cut at 4,096 of what is read", async () => {
    const { text } = (await send("telegram", { message: long })).json();
    const read = text.replace(/<[^>]+>/g, "").replace(/&\w+;/g, "x");
    expect(read.length).toBeLessThanOrEqual(4_096);
    expect(text.match(/&(?!(amp|lt|gt|quot);)/)).toBeNull();
  });

  test("makes no sound for what is over", async () => {
    expect((await send("telegram", { message: resolved })).json().disable_notification).toBe(true);
  });
});

describe("Discord", () => {
  test("takes an embed, mentions nobody, and says whether it was kept", async () => {
    const { method, path, json } = await send("discord");
    expect([method, path]).toEqual(["POST", "/api/webhooks/1/s3cretPLANTEDs3cretPLANTED?wait=true"]);
    expect(json()).toEqual({
      username: "Unity",
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: "Disk nearly full on nas",
          description: `/srv on nas is 97 % full\n[Open in Unity](<${LINK}>) · [Acknowledge](<${ACTION}>)`,
          url: LINK,
          color: 0xef4444,
        },
      ],
    });
  });

  test("shows markup as it is written", async () => {
    const [embed] = (await send("discord", { message: hostile })).json().embeds;
    expect(embed.title).toContain("\\<b\\>x\\<\\/b\\>".replace("\\/", "/"));
    expect(embed.title).toContain("\\@everyone");
    expect(embed.title).toContain("\\[a\\]\\(http\\://evil\\.test\\)");
  });

  test("is cut at 256 and 4,096, and at no escape", async () => {
    const [embed] = (await send("discord", { message: long })).json().embeds;
    expect(embed.title.length).toBeLessThanOrEqual(256);
    expect(embed.description.length).toBeLessThanOrEqual(4_096);
    expect(embed.description).toContain(`[Open in Unity](<${LINK}>)`);
  });
});

describe("Slack", () => {
  test("takes blocks of plain text, and links in one of their own", async () => {
    const { method, path, json } = await send("slack");
    expect([method, path]).toEqual(["POST", "/services/T0/B0/s3cretPLANTEDs3cretPLANTED"]);
    expect(json()).toEqual({
      text: "Disk nearly full on nas\n/srv on nas is 97 % full",
      unfurl_links: false,
      blocks: [
        { type: "header", text: { type: "plain_text", text: "Disk nearly full on nas", emoji: false } },
        { type: "section", text: { type: "plain_text", text: "/srv on nas is 97 % full", emoji: false } },
        {
          type: "context",
          elements: [{ type: "mrkdwn", text: `<${LINK}|Open in Unity> · <${ACTION}|Acknowledge>`, verbatim: true }],
        },
      ],
    });
  });

  test("mentions nobody where blocks are not known", async () => {
    const { text } = (await send("slack", { message: hostile })).json();
    expect(text).not.toMatch(/[<>]/);
    expect(text).toContain("&lt;!channel&gt;");
  });

  test("is cut at 150 and 3,000", async () => {
    const { text, blocks } = (await send("slack", { message: long })).json();
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
    expect(blocks[1].text.text.length).toBeLessThanOrEqual(3_000);
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(text.match(/&(?!(amp|lt|gt);)/)).toBeNull();
  });
});

describe("Matrix", () => {
  test("is put under the message's own id, so that a second time changes nothing", async () => {
    const { method, path, headers, json } = await send("matrix");
    expect(method).toBe("PUT");
    expect(path).toBe("/_matrix/client/v3/rooms/!abc%3Alab/send/m.room.message/018f0000-0000-7000-8000-00000000000a");
    expect(headers.authorization).toBe("Bearer s3cretPLANTEDs3cretPLANTED");
    expect(json()).toEqual({
      msgtype: "m.text",
      body: `Disk nearly full on nas\n/srv on nas is 97 % full\nOpen in Unity: ${LINK}\nAcknowledge: ${ACTION}`,
      format: "org.matrix.custom.html",
      formatted_body: `<strong>Disk nearly full on nas</strong><br/>/srv on nas is 97 % full<br/><a href="${LINK}">Open in Unity</a> · <a href="${ACTION}">Acknowledge</a>`,
      "m.mentions": {},
    });
  });

  test("fits an event, its HTML only its own", async () => {
    const { text } = await send("matrix", { message: makeMessage({ text: "<&>".repeat(5_000) }) });
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect((await send("matrix", { message: hostile })).json().formatted_body).toContain(
      "&#60;b&#62;x&#60;/b&#62; &#38;",
    );
  });
});

describe("Microsoft Teams", () => {
  test("takes a card of runs of text, which know no markup", async () => {
    const { method, path, json } = await send("teams");
    expect([method, path]).toEqual(["POST", "/workflows/1?sig=s3cretPLANTEDs3cretPLANTED"]);
    expect(json()).toMatchObject({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            type: "AdaptiveCard",
            body: [
              {
                type: "RichTextBlock",
                inlines: [{ type: "TextRun", text: "Disk nearly full on nas", color: "attention" }],
              },
              { type: "RichTextBlock", inlines: [{ type: "TextRun", text: "/srv on nas is 97 % full" }] },
            ],
            actions: [
              { type: "Action.OpenUrl", title: "Open in Unity", url: LINK },
              { type: "Action.OpenUrl", title: "Acknowledge", url: ACTION },
            ],
          },
        },
      ],
    });
  });

  test("fits 28 KB", async () => {
    expect((await send("teams", { message: long })).text.length).toBeLessThan(28_000);
  });

  test("a connector that answers 200 with a failure has failed", async () => {
    const body = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
    expect(await answered("teams", { body })).toMatchObject({ ok: false, again: true });
  });
});
