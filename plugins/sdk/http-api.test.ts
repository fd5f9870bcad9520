import { expect, test } from "vitest";
import { z } from "zod";
import type { FetchOptions, HttpAnswer } from "./context";
import { openApi, placeOf } from "./http-api";

const answerWith =
  (answer: Partial<HttpAnswer>, asked: { url: string; options: FetchOptions }[] = []) =>
  async (url: string, options: FetchOptions = {}): Promise<HttpAnswer> => {
    asked.push({ url, options });
    return {
      status: 200,
      headers: {},
      body: "{}",
      truncated: false,
      url,
      redirects: 0,
      remoteAddress: "127.0.0.1",
      timings: { dns: 0, connect: 0, tls: 0, ttfb: 0, transfer: 0, total: 0 },
      ...answer,
    };
  };

const failureOf = async (answer: Partial<HttpAnswer>, headers: Record<string, string> = {}) => {
  const api = openApi({ fetch: answerWith(answer) }, { url: "http://nas.lab", headers });
  return api.read(z.object({ size: z.number() }), "/api?key=secret").catch((error: unknown) => error);
};

test.each([
  ["http://nas.lab:8080", "http://nas.lab:8080/api"],
  ["http://nas.lab:8080/", "http://nas.lab:8080/api"],
  ["https://nas.lab/prefix/", "https://nas.lab/prefix/api"],
])("puts a path behind %s", async (url, wanted) => {
  const asked: { url: string; options: FetchOptions }[] = [];
  await openApi({ fetch: answerWith({}, asked) }, { url, headers: { "x-key": "k" } }).ask("/api", {
    headers: { "x-more": "m" },
  });
  expect(asked[0]?.url).toBe(wanted);
  expect(asked[0]?.options.headers).toEqual({ accept: "application/json", "x-key": "k", "x-more": "m" });
});

test.each([
  [401, "auth"],
  [403, "permission"],
  [404, "not_found"],
  [429, "rate_limited"],
  [302, "protocol"],
  [500, "protocol"],
  [503, "unreachable"],
])("takes status %i as %s", async (status, reason) => {
  expect(await failureOf({ status, body: "" })).toMatchObject({
    reason,
    message: `http://nas.lab/api answered ${status}.`,
  });
});

test.each([
  ['{"message":"no such key"}', "http://nas.lab/api answered 403. It said: no such key"],
  ['{"error":"Forbidden"}', "http://nas.lab/api answered 403. It said: Forbidden"],
  ["Not\nallowed", "http://nas.lab/api answered 403. It said: Not\\012allowed"],
  ["<html>", "http://nas.lab/api answered 403."],
  ['{"message":"bad key abcd-1234"}', "http://nas.lab/api answered 403."],
])("quotes what the service says, never a secret: %s", async (body, message) => {
  expect(await failureOf({ status: 403, body }, { authorization: "Bearer abcd-1234" })).toMatchObject({ message });
});

test("a status may be an answer, or mean something else", async () => {
  const fetch = answerWith({ status: 424, body: "x" });
  const api = openApi({ fetch }, { url: "http://nas.lab", refusals: { 424: { reason: "auth", hint: "Log in." } } });
  expect((await api.ask("/", { accept: [424] })).body).toBe("x");
  await expect(api.ask("/")).rejects.toMatchObject({ reason: "auth", hint: "Log in." });
});

test("what is no JSON, has another shape or no end is a failure", async () => {
  expect(await failureOf({ body: "<html>" })).toMatchObject({ reason: "parse" });
  expect(await failureOf({ body: '{"size":"big"}' })).toMatchObject({
    reason: "parse",
    message: expect.stringContaining("unknown shape: size: "),
  });
  expect(await failureOf({ truncated: true })).toMatchObject({ reason: "protocol" });
});

test("an address for people has no user and no query", () => {
  expect(placeOf("https://anna:pw@nas.lab:8443/a?token=x#y")).toBe("https://nas.lab:8443/a");
  expect(placeOf("http://nas.lab/")).toBe("http://nas.lab");
});
