import { expect, test } from "vitest";
import { formAddress, listServices } from "./service-words";

test.each([
  [["Redis"], "Redis"],
  [["Redis", "Redis", "Docker"], "Redis and Docker"],
  [["Redis", "Docker", "MySQL"], "Redis, Docker and MySQL"],
  [["Redis", "Docker", "MySQL", "DNS", "Caddy"], "Redis, Docker, MySQL and 2 more"],
])("%j are %s", (names, text) => {
  expect(listServices(names.map((pluginName) => ({ pluginName })))).toBe(text);
});

test("a key with anything in it makes one address", () => {
  const address = formAddress({ plugin: "docker", key: "docker /run/a b&c.sock" });
  expect(new URL(address, "http://nas").searchParams.get("found")).toBe("docker /run/a b&c.sock");
});
