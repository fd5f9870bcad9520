import { expect, test } from "vitest";
import { findTokenProblem, loginHeaders } from "./web-login";

test.each([
  [{}, undefined],
  [{ token: "a.b" }, "Bearer a.b"],
  [{ username: "ada", password: "größe" }, "Basic YWRhOmdyw7bDn2U="],
  [{ username: "ada" }, "Basic YWRhOg=="],
  [{ password: "key" }, "Basic OmtleQ=="],
])("%j is sent as %s", (login, authorization) => {
  expect(loginHeaders(login)).toEqual(authorization === undefined ? {} : { authorization });
});

test.each([
  [{ username: "ada", password: "x" }, undefined],
  [{ token: "a.b" }, undefined],
  [{ token: "a", username: "ada" }, "Use a user and password, or a token, not both."],
  [{ token: "a", password: "x" }, "Use a user and password, or a token, not both."],
  [{ token: "a\nb" }, "The token has characters that cannot be sent."],
])("of %j is wrong: %s", (login, problem) => {
  expect(findTokenProblem(login)).toBe(problem);
});
