import { expect, test } from "vitest";
import { configEntries } from "./config-entries";

const form = {
  properties: {
    address: { title: "Address" },
    warnRatio: { title: "Warn from", default: 0.8 },
    timeoutMs: { default: 3_000 },
    excluded: { title: "Excluded", default: ["loop*", "ram*"] },
    token: { title: "Token" },
  },
};

test("what was set and what holds otherwise, in the order of the form; secrets stay masked", () => {
  expect(configEntries({ address: "http://nas.lab", token: "***" }, form)).toEqual([
    { key: "address", title: "Address", lines: ["http://nas.lab"], standard: false },
    { key: "warnRatio", title: "Warn from", lines: ["80%"], standard: true },
    { key: "timeoutMs", title: "Timeout ms", lines: ["3 s"], standard: true },
    { key: "excluded", title: "Excluded", lines: ["loop*, ram*"], standard: true },
    { key: "token", title: "Token", lines: ["***"], standard: false },
  ]);
});

test("targets have a line each, and groups name their fields", () => {
  const entries = configEntries(
    { targets: [{ host: "a", port: 443 }, "b"], tls: { verify: true, caPem: "" } },
    undefined,
  );
  expect(entries.map(({ lines }) => lines)).toEqual([["host a, port 443", "b"], ["Verify: yes"]]);
});
