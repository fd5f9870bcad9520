import { expect, test } from "vitest";
import { createHider } from "./hide-secrets";
import { writeLine } from "./line";

const hide = createHider({ registry: { get: () => undefined } as never, instances: { get: () => undefined } as never });

test.each([
  ["see http://me:hunter22@nas.lab/x", "see http://***@nas.lab/x"],
  ["Authorization: Bearer abcdefghijkl", "Authorization: *** ***"],
  ["refused token=abc123def", "refused token=***"],
  ['{"api_key": "k-123456"}', '{"api_key": "***"}'],
  ["ghp_abcdefghijklmnop1234", "ghp_***"],
  ["the password is wrong", "the password is wrong"],
  ["12 tokens left, 3 secrets", "12 tokens left, 3 secrets"],
])("%s is told as %s", (text, told) => {
  expect(hide(writeLine(null, { says: text, labels: { note: text } })).fields).toEqual({
    says: told,
    labels: { note: told },
  });
});
