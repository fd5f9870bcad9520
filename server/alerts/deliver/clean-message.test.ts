import { expect, test } from "vitest";
import { makeAlert, makeMessage } from "../shapes/test-message";
import { cleanMessage } from "./clean-message";
import { bytesOf, cutEscaped, cutText, jsonBytesOf } from "./cut-text";
import { escapeHtml } from "./escape";

test("a line stays one, a text keeps its lines, neither turns around or ends early", () => {
  const { title, text, alerts } = cleanMessage(
    makeMessage({
      title: "a\r\nBcc: x\u202Eb\u0000c\uD800",
      text: " one\r\ntwo\u2028three\u0007\u2066 ",
      alerts: [makeAlert({ labels: { "na\nme": "x\u200Fy" } })],
    }),
  );
  expect(title).toBe("a Bcc: xb c");
  expect(text).toBe("one\ntwo\nthree");
  expect(alerts[0]?.labels).toEqual({ "na me": "xy" });
});

test("languages, signs and faces stay", () => {
  const name = "Küche 温度 שלום 👩‍💻 % <>&";
  expect(cleanMessage(makeMessage({ title: name })).title).toBe(name);
});

test("there is an end to every text", () => {
  const { title, text } = cleanMessage(makeMessage({ title: "x".repeat(9_999), text: "y".repeat(99_999) }));
  expect([title.length, text.length]).toEqual([1_000, 20_000]);
});

test.each([
  ["short", 10, "short"],
  ["0123456789", 10, "0123456789"],
  ["01234567890", 10, "012345678…"],
  ["👩👩👩👩", 5, "👩👩…"],
])("cuts %s at %i", (text, most, shown) => {
  expect(cutText(text, most)).toBe(shown);
});

test("cuts as a service counts, and in no escape", () => {
  expect(bytesOf(cutText("ü".repeat(50), 20, bytesOf))).toBeLessThanOrEqual(20);
  expect(jsonBytesOf(cutText('"'.repeat(50), 21, jsonBytesOf))).toBeLessThanOrEqual(21);
  expect(cutEscaped("&&&&", 12, escapeHtml)).toBe("&#38;&#38;…");
});
