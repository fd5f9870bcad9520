import { expect, test } from "vitest";
import { reasonWords } from "./reason-words";

test("codes become words, and sentences stay", () => {
  expect(reasonWords("INVALID_USERNAME_OR_PASSWORD")).toBe("Invalid username or password.");
  expect(reasonWords("Sign in first.")).toBe("Sign in first.");
  expect(reasonWords("answered 500")).toBe("answered 500");
});
