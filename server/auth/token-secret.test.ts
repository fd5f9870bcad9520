import fc from "fast-check";
import { expect, test } from "vitest";
import { hashToken, isTokenSecret, makeTokenSecret } from "./token-secret";

test("every token is another one, of one form that scanners can look for", () => {
  const made = Array.from({ length: 1_000 }, makeTokenSecret);
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(1_000);
  for (const { secret, prefix, hash } of made) {
    expect(secret).toMatch(/^unity_[0-9A-Za-z]{49}$/);
    expect(isTokenSecret(secret)).toBe(true);
    expect(prefix).toBe(secret.slice(0, 12));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe(hashToken(secret));
  }
});

test("all of its random signs are used", () => {
  const made = Array.from({ length: 1_000 }, () => makeTokenSecret().secret.slice(6, 49));
  // The first may only be as large as 32 bytes allow.
  for (let place = 1; place < 43; place += 1)
    expect(new Set(made.map((secret) => secret[place])).size, `at ${place}`).toBe(62);
});

test("one wrong sign, or two that changed places, and it is none", () => {
  const { secret } = makeTokenSecret();
  const signs = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
  fc.assert(
    fc.property(fc.integer({ min: 6, max: secret.length - 1 }), fc.constantFrom(...signs), (at, sign) => {
      const wrong = secret.slice(0, at) + sign + secret.slice(at + 1);
      expect(isTokenSecret(wrong)).toBe(wrong === secret);
    }),
  );
  for (let at = 6; at < secret.length - 1; at += 1) {
    const turned = `${secret.slice(0, at)}${secret[at + 1]}${secret[at]}${secret.slice(at + 2)}`;
    expect(isTokenSecret(turned)).toBe(turned === secret);
  }
});

test.each([
  "",
  "unity_",
  "Bearer x",
  "unity_".padEnd(55, "0"),
  `${makeTokenSecret().secret} `,
  "ünity".padEnd(55, "x"),
])("%j is none", (text) => {
  expect(isTokenSecret(text)).toBe(false);
});
