import { expect, test } from "vitest";
import { decodeLines } from "./line-protocol";
import { PushFault } from "./pushed";

const NOW = 1_790_000_000_000;
const decode = (text: string, precision = "") => decodeLines(Buffer.from(text), { precision, now: NOW });

test("what Telegraf writes", () => {
  // In the shape of its inputs cpu, mem and system.
  const { series, leftOut, invalid } = decode(
    [
      "cpu,cpu=cpu-total,host=nas usage_idle=97.5,usage_user=1.25 1790000000000000000",
      "mem,host=nas total=8272867328i,available_percent=61.2 1790000000000000000",
      'system,host=nas uptime=86400i,uptime_format="1 day,  0:00" 1790000000000000000',
      "",
    ].join("\n"),
  );
  expect(series.map(({ name, value: [value], at: [at] }) => [name, value, at])).toEqual([
    ["cpu_usage_idle", 97.5, NOW],
    ["cpu_usage_user", 1.25, NOW],
    ["mem_total", 8_272_867_328, NOW],
    ["mem_available_percent", 61.2, NOW],
    ["system_uptime", 86_400, NOW],
  ]);
  expect(series[0]).toMatchObject({ labels: { cpu: "cpu-total", host: "nas" }, kind: "plain" });
  expect([leftOut, invalid]).toEqual([1, 0]);
});

test("everything that may be escaped or quoted", () => {
  const { series } = decode(
    'my\\ disk,path=C:\\\\\\ drive\\,\\ x,q\\=k="a" free=1,note="a \\"b\\", c=d\nnext",on=t 5\nweather,location=us value=-1e3 6\n# said beside\n\nup value=5u\n',
    "ms",
  );
  expect(series.map(({ name, labels, value: [value], at: [at] }) => [name, labels, value, at])).toEqual([
    ["my disk_free", { path: "C:\\ drive, x", "q=k": '"a"' }, 1, 5],
    ["my disk_on", { path: "C:\\ drive, x", "q=k": '"a"' }, 1, 5],
    ["weather", { location: "us" }, -1_000, 6],
    ["up", {}, 5, NOW],
  ]);
});

test.each([
  ["s", 1_790_000_000, NOW],
  ["ms", 1_790_000_000_000, NOW],
  ["us", 1_790_000_000_000_000, NOW],
  ["ns", "1790000000000000000", NOW],
  ["n", "1790000000000999000", NOW],
])("an instant in %s", (precision, instant, at) => {
  expect(decode(`m f=1 ${instant}`, precision).series[0]?.at).toEqual([at]);
});

test("a line that is none is told of, and the others are kept", () => {
  const wrong = ["m", "m,t f=1", "m f=", "m f=abc", "m f=1 x", "m f=1 1 1", ",t=a f=1", 'm f="a', "m f=0x10 1"];
  const { series, invalid, remarks } = decode(`good f=1\n${wrong.join("\n").replace('"a\n', '"a\\\n')}`);
  expect(series.map(({ name }) => name)).toEqual(["good_f"]);
  expect(invalid).toBe(8);
  expect(remarks[0]).toBe("unable to parse 'm': missing fields");
  expect(remarks).toHaveLength(5);
});

test("what is no UTF-8, an unknown precision, and more than anybody sends are refused as a whole", () => {
  expect(() => decodeLines(Buffer.from([0x6d, 0xff]), { precision: "", now: NOW })).toThrow(PushFault);
  expect(() => decode("m f=1", "weeks")).toThrow(PushFault);
  expect(() => decode("m f=1,g=1\n".repeat(100_001))).toThrow("more than 200000 fields");
});
