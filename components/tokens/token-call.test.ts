import { expect, test } from "vitest";
import { tokenCall } from "./token-call";

const here = { origin: "http://unity.lan:3000", secret: "unity_abc" };

test("asks for what the token may ask for", () => {
  expect(tokenCall({ ...here, scopes: ["read"] })).toBe(
    'curl -H "Authorization: Bearer unity_abc" http://unity.lan:3000/api/trpc/plugins.instances',
  );
  expect(tokenCall({ ...here, scopes: ["send"] })).toContain("/api/v2/write");
  expect(tokenCall({ ...here, scopes: ["respond"] })).toContain("/api/trpc/account.me");
});
