import { expect, test } from "vitest";
import { placesOf } from "./places";

const isHere = (host: string) => ["localhost", "nas", "192.168.1.5", "127.0.0.1", "::1"].includes(host);

test.each<[unknown, string[]]>([
  [{ host: "localhost", port: 5_432 }, ["localhost:5432"]],
  [{ url: "http://nas:8096/jellyfin" }, ["localhost:8096"]],
  [{ url: "https://192.168.1.5" }, ["localhost:443"]],
  [{ url: "redis://user@nas" }, ["localhost:6379"]],
  [{ endpoint: "unix:///var/run/docker.sock" }, ["/run/docker.sock"]],
  [{ endpoint: "/run/docker.sock" }, ["/run/docker.sock"]],
  [{ targets: ["[::1]:8443", { host: "db.lab", port: 443 }] }, ["localhost:8443", "db.lab:443"]],
  [{ name: "unity", database: "postgres", on: true, nothing: null }, []],
])("%j looks at %j", (config, places) => {
  expect([...placesOf(config, isHere)].sort()).toEqual([...places].sort());
});

test("a config without an end has one", () => {
  const config: Record<string, unknown> = { url: "http://nas:1" };
  config.again = config;
  expect([...placesOf(config, isHere)]).toEqual(["localhost:1"]);
});
