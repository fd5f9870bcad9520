import fc from "fast-check";
import { expect, test } from "vitest";
import { NotifySettings } from "../alerts/shapes/route";
import { filled, text } from "../alerts/test-yaml-text";
import { RetentionSettings } from "../retention/settings";
import { parseConfig, printConfig } from "./config-yaml";
import { type ConfigContent, InstanceEntry } from "./shapes";

const days = fc.integer({ min: 1, max: 36_500 });
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      filled.filter((one) => one !== "__proto__"),
      tie("value"),
      { maxKeys: 3 },
    ),
  ),
})).value;
const short = (most: number) => filled.map((one) => one.trim().slice(0, most).trim()).filter((one) => one !== "");
const instance = fc
  .record(
    {
      id: fc.uuid(),
      plugin: short(64),
      name: short(100),
      host: short(191),
      enabled: fc.boolean(),
      intervalSeconds: fc.integer({ min: 5, max: 86_400 }),
      timeoutMs: fc.integer({ min: 500, max: 120_000 }),
      tags: fc.array(short(60), { maxLength: 3 }),
      config: fc.dictionary(
        filled.filter((one) => one !== "__proto__"),
        json,
        { maxKeys: 4 },
      ),
    },
    { requiredKeys: ["id", "plugin", "name"] },
  )
  .map(({ id, ...entry }) => ({ ...InstanceEntry.parse(entry), id }));
const link = fc.record({
  child: fc.oneof(
    fc.record({ kind: fc.constant("instance" as const), instance: short(191) }),
    fc.record({ kind: fc.constant("host" as const), host: short(191) }),
  ),
  parent: short(191),
});
const retention = fc
  .record({
    rawDays: days,
    hourlyDays: days,
    auditDays: days,
    plugins: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), days, { maxKeys: 3 }),
    budgetBytes: fc.oneof(fc.constant(null), fc.integer({ min: 1 })),
  })
  .map((given) => RetentionSettings.parse(given));
const notifications = fc
  .record({
    publicUrl: fc.constantFrom("", "https://unity.lab"),
    perMinute: fc.integer({ min: 1, max: 600 }),
    heartbeat: fc.record({ url: fc.constantFrom("", "***", "file:/run/secrets/heartbeat") }),
    canary: fc.record({ enabled: fc.boolean(), weekday: fc.integer({ min: 1, max: 7 }), timeZone: fc.constant("UTC") }),
  })
  .map((given) => NotifySettings.parse(given));
const NOTHING: ConfigContent = {
  ...{ instances: [], parents: [], rules: [], overrides: [], channels: [], routes: [], silences: [] },
  settings: {},
};

/** Of rules, overrides, channels, routes and silences the same is tested beside their own shapes. */
test("what was printed is read as it was: instances, what hangs on what, settings", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(instance, { maxLength: 4, selector: ({ id }) => id }),
      fc.array(link, { maxLength: 3 }),
      fc.record({ retention, notifications }, { requiredKeys: [] }),
      (instances, parents, settings) => {
        const printed = printConfig({ ...NOTHING, instances, parents, settings });
        const { file } = parseConfig([{ name: null, text: printed }]);
        expect(file).toEqual({ ...NOTHING, instances, parents, settings });
      },
    ),
  );
});

test("several files are one whole, whatever their order", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(instance, { minLength: 1, maxLength: 6, selector: ({ id }) => id }),
      fc.infiniteStream(fc.boolean()),
      (instances, coin) => {
        const [left, right] = [[] as typeof instances, [] as typeof instances];
        for (const one of instances) (coin.next().value ? left : right).push(one);
        const print = (some: typeof instances) => printConfig({ ...NOTHING, instances: some }, ["instances"]);
        const files = [
          { name: "a.yaml", text: print(left) },
          { name: "b.yaml", text: print(right) },
        ];
        const byId = (some: readonly { id?: string | undefined }[] = []) =>
          some.toSorted((one, other) => ((one.id ?? "") < (other.id ?? "") ? -1 : 1));
        expect(byId(parseConfig(files).file.instances)).toEqual(byId(instances));
        expect(byId(parseConfig(files.toReversed()).file.instances)).toEqual(byId(instances));
      },
    ),
  );
});

test("only the parts that were asked for are printed, and a part that is not there is not spoken of", () => {
  const text = printConfig(NOTHING, ["rules", "settings"]);
  expect(text).toBe("version: 1\nrules: []\nsettings: {}\n");
  expect(parseConfig([{ name: null, text }]).file).toEqual({ rules: [], settings: {} });
});

test.each([
  ["- a", "a.yaml: The file is no list of names"],
  ["version: 2", "a.yaml: Line 1: The file must say `version: 1`."],
  ["version: 1\ndashboards: []", 'a.yaml: Line 2: "dashboards" is nothing that this version of Unity knows.'],
  ["version: 1\ninstances:\n  - name: x\n", "a.yaml: Line 3: instances, number 1, plugin: It is missing."],
  ["version: 1\ninstances:\n  - { plugin: x, name: y, intervall: 5 }", '"intervall" is nothing that Unity knows.'],
  ["version: 1\nsettings: { retention: { rawDays: 0 } }", "a.yaml: Line 2: settings, retention.rawDays:"],
  ["version: 1\nsettings: { retention: { days: 1 } }", '"retention.days" is nothing that Unity knows.'],
  ["version: 1\na: &x [1]\nb: *x", "which could make a small one endless"],
])("says where something is wrong: %j", (text, message) => {
  expect(() => parseConfig([{ name: "a.yaml", text }])).toThrow(message);
});

test("the same thing in two files is told with both names", () => {
  const text = "version: 1\ninstances:\n  - { id: nas, plugin: disk, name: a }\n";
  const again = "version: 1\nrules: []\ninstances:\n  - { id: nas, plugin: disk, name: b }\n";
  expect(() =>
    parseConfig([
      { name: "a.yaml", text },
      { name: "b.yaml", text: again },
    ]),
  ).toThrow("b.yaml: Line 4: instances, number 1, id: the id nas is in a.yaml as well.");
  const settings = "version: 1\nsettings: { retention: { rawDays: 3 } }";
  expect(() =>
    parseConfig([
      { name: "a.yaml", text: settings },
      { name: "b.yaml", text: settings },
    ]),
  ).toThrow("retention is set in a.yaml as well.");
});
