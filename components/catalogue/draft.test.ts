import { expect, test } from "vitest";
import { fieldsOf } from "../form/fields";
import { type Draft, draftOf, inputOf, problemsOf } from "./draft";
import { suggestName } from "./suggest-name";
import { suspectOf } from "./suspect";
import { testPlugin } from "./test-plugin";

const plugin = testPlugin();
const fields = fieldsOf(plugin.form);
const fresh = draftOf(plugin, fields);
const changed = (change: Partial<Draft>) => ({ ...fresh, ...change });

test("a fresh form sends the plugin's own cadence, this machine and the suggested name", () => {
  expect(inputOf(plugin, fields, fresh, "nas")).toEqual({
    plugin: "postgres",
    name: "nas",
    host: "nas",
    config: {},
    enabled: true,
    intervalSeconds: 30,
    timeoutMs: 10_000,
    tags: [],
  });
});

test("what is typed is sent in the server's units", () => {
  const draft = changed({ name: " db ", host: "db.lab", intervalSeconds: 60, timeoutSeconds: 2.5, tags: "a, b,, a" });
  expect(inputOf(plugin, fields, draft, "nas")).toMatchObject({
    name: "db",
    host: "db.lab",
    intervalSeconds: 60,
    timeoutMs: 2_500,
    tags: ["a", "b"],
  });
});

test.each([
  [{ intervalSeconds: 4 }, "intervalSeconds"],
  [{ intervalSeconds: 10.5 }, "intervalSeconds"],
  [{ intervalSeconds: Number.NaN }, "intervalSeconds"],
  [{ intervalSeconds: 8 * 86_400 }, "intervalSeconds"],
  [{ timeoutSeconds: 0.1 }, "timeoutMs"],
  [{ timeoutSeconds: 121 }, "timeoutMs"],
  [{ tags: "x".repeat(61) }, "tags"],
  [{ tags: Array.from({ length: 21 }, (_, index) => index).join() }, "tags"],
])("%j is marked at %s", (change, place) => {
  expect(Object.keys(problemsOf(plugin, fields, changed(change)))).toEqual([place]);
});

test.each([
  [{}, "nas"],
  [{ host: "db.lab" }, "db.lab"],
  [{ host: "127.0.0.1" }, "nas"],
  [{ host: "localhost:8080" }, "nas:8080"],
  [{ host: "https://user@cloud.lab:8443/status?x=1" }, "cloud.lab:8443"],
  [{ host: "unix:///var/run/docker.sock" }, "nas"],
  [{ host: "/var/run/postgresql" }, "nas"],
])("config %j is called %s", (values, name) => {
  expect(suggestName(plugin, fields, { ...fresh.values, ...values })).toBe(name);
});

test("a taken name is counted on", () => {
  const existing = [
    { id: "1", name: "nas" },
    { id: "2", name: "nas 2" },
  ];
  expect(suggestName(testPlugin({ existing, kind: "host" }), fields, fresh.values)).toBe("nas 3");
});

test("nothing is suggested while the address that is asked for is empty", () => {
  const form = { type: "object", properties: { address: { type: "string" } }, required: ["address"] };
  expect(suggestName(testPlugin({ form }), fieldsOf(form), { address: "" })).toBe("");
});

test.each([
  ["dns", "config.host"],
  ["unreachable", "config.host"],
  ["auth", "config.password"],
  ["timeout", undefined],
])("a test that fails with %s points at %s", (reason, place) => {
  const failure = { reason, message: "", hint: null };
  expect(Object.keys(suspectOf(fields, { failure, partial: [] }))[0]).toBe(place);
  expect(Object.keys(suspectOf(fields, { failure: null, partial: [{ reason, message: "" }] }))[0]).toBe(place);
});
