import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { contentPolicy, setPagePolicy } from "./content-policy";

function answer(headers: Record<string, string> = {}) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  const response = new ServerResponse(request);
  setPagePolicy(request, response, false);
  return { request, policy: String(response.getHeader("content-security-policy")) };
}

test("each answer has a nonce of its own, which the page is told", () => {
  const [one, other] = [answer(), answer()];
  expect(one.request.headers["x-nonce"]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(one.policy).toContain(`'nonce-${one.request.headers["x-nonce"]}'`);
  expect(one.request.headers["content-security-policy"]).toBe(one.policy);
  expect(one.policy).not.toBe(other.policy);
});

test("what the client wrote is no policy and no nonce", () => {
  const { request, policy } = answer({
    "content-security-policy": "script-src 'nonce-mine'",
    "content-security-policy-report-only": "script-src 'nonce-mine'",
    "x-nonce": "mine",
  });
  expect(policy).not.toContain("mine");
  expect(JSON.stringify(request.headers)).not.toContain("mine");
});

test("no script within the page without the nonce, and no code from text", () => {
  const script = contentPolicy("n", "nas:3000", false)
    .split("; ")
    .find((directive) => directive.startsWith("script-src"));
  expect(script).toBe("script-src 'self' 'nonce-n'");
});

test.each([
  ["nas.local:3000", " ws://nas.local:3000 wss://nas.local:3000"],
  ["[fd00::1]:3000", " ws://[fd00::1]:3000 wss://[fd00::1]:3000"],
  ["evil; script-src *", ""],
  ["evil *", ""],
  ["user@evil", ""],
  [undefined, ""],
])("the live connection of %s", (host, sockets) => {
  expect(contentPolicy("n", host, false)).toContain(`connect-src 'self'${sockets};`);
});
