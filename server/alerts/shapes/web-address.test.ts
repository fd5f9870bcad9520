import { expect, test } from "vitest";
import { secretWebAddress, webAddress } from "./web-address";

test.each(["nas/wiki", "ftp://nas/wiki", "javascript:alert(1)", "https://", `https://nas/${"a".repeat(100)}`])(
  "%s is none, and it is said how one is written",
  (text) => {
    expect(webAddress(100).safeParse(text).success).toBe(false);
    const secret = secretWebAddress(100, () => false).safeParse(text);
    expect(secret.error?.issues[0]?.message).toBe("Write it whole, as https://host/path.");
  },
);

test("an address, or nothing, or what else a secret may be", () => {
  expect(webAddress(100).parse("https://wiki.lan/disk?full#now")).toBe("https://wiki.lan/disk?full#now");
  expect(webAddress(100).parse("")).toBe("");
  expect(secretWebAddress(100, (text) => text === "***").parse("***")).toBe("***");
});
