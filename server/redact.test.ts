import { expect, test } from "vitest";
import { z } from "zod";
import { secret } from "../plugins/sdk/config";
import { createRedactor } from "./redact";

const schema = z.object({ token: secret().optional(), url: secret().optional(), name: z.string().optional() });

test.each([
  ["as it is", "bad token abcd/efgh=1", "bad token ***"],
  ["in an address", "GET /?t=abcd%2Fefgh%3D1", "GET /?t=***"],
  ["in JSON", '{"t":"abcd/efgh=1"}', '{"t":"***"}'],
  ["what is no secret stays", "nas is down", "nas is down"],
])("takes a secret out %s", (_, text, shown) => {
  expect(createRedactor(schema, { token: "abcd/efgh=1", name: "nas" })(text)).toBe(shown);
});

test("of an address that is secret, each long piece is", () => {
  const redact = createRedactor(schema, { url: "https://hooks.test/services/T12345678/tok-en-1234?sig=sig-9876" });
  expect(redact("https://hooks.test/services/T12345678/tok-en-1234?sig=sig-9876 failed")).toBe("*** failed");
  expect(redact("no tok-en-1234 here, and no sig-9876")).toBe("no *** here, and no ***");
  expect(redact("hooks.test did not answer")).toBe("hooks.test did not answer");
});

test("a secret that is nearly none spoils no words", () => {
  expect(createRedactor(schema, { token: "a" })("a bad day")).toBe("a bad day");
});

test("a password that looks like an address with a broken % does no harm", () => {
  expect(createRedactor(schema, { token: "x://me:100%25zz%zz@h" })("bad x://me:100%25zz%zz@h")).toBe("bad ***");
});
