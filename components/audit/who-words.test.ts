import { expect, test } from "vitest";
import { actorWords, viaWords } from "./who-words";

test("a token is called by its name", () => {
  expect(viaWords({ via: "token", details: { token: "backup" } })).toBe('by the token "backup"');
  expect(viaWords({ via: "token", details: {} })).toBe("by a token");
  expect(viaWords({ via: "proxy", details: {} })).toBe("by the proxy");
  expect(viaWords({ via: "session", details: {} })).toBeNull();
});

test("nobody is somebody, too", () => {
  expect(actorWords({ actor: "Ada", action: "people.create" })).toBe("Ada");
  expect(actorWords({ actor: null, action: "sign-in" })).toBe("Not signed in");
  expect(actorWords({ actor: null, action: "notifications.act" })).toBe("Whoever has the link");
});
