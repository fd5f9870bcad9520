import { expect, test } from "vitest";
import { describeTarget, parseTarget } from "./target";

test.each([
  ["nas.lab", "tls", "nas.lab:443"],
  ["nas.lab:8443", "tls", "nas.lab:8443"],
  ["https://nas.lab/login?x=1", "tls", "nas.lab:443"],
  ["HTTPS://nas.lab:9443/", "tls", "nas.lab:9443"],
  ["imaps://mail.lab", "tls", "mail.lab:993"],
  ["smtp://mail.lab", "smtp", "mail.lab:25"],
  ["submission://mail.lab", "smtp", "mail.lab:587"],
  ["smtp://mail.lab:2525", "smtp", "mail.lab:2525"],
  ["imap://mail.lab", "imap", "mail.lab:143"],
  ["pop3://mail.lab", "pop3", "mail.lab:110"],
  ["ldap://dc.lab", "ldap", "dc.lab:389"],
  ["postgres://db.lab", "postgres", "db.lab:5432"],
  ["[::1]:443", "tls", "[::1]:443"],
  ["::1", "tls", "[::1]:443"],
  ["smtp://[2001:db8::1]", "smtp", "[2001:db8::1]:25"],
  ["bücher.lab", "tls", "xn--bcher-kva.lab:443"],
])("%s is %s at %s", (text, protocol, shown) => {
  const target = parseTarget(text);
  expect(target?.protocol).toBe(protocol);
  expect(target && describeTarget(target)).toBe(shown);
});

test.each(["", "gopher://nas.lab", "nas.lab:0", "nas.lab:70000", "a b", "-x", "[nas]:443", "ada@nas.lab", "https://"])(
  "%j is no target",
  (text) => {
    expect(parseTarget(text)).toBeUndefined();
  },
);
