import fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_LABELS, PushFault } from "./pushed";
import { decodeWrite, type Message } from "./remote-write";
import { encode, encodeFirst, encodeSecond } from "./test-encode";
import { WireReader } from "./wire-reader";

const AT = 1_790_000_000_000;
const FIRST = "prometheus.WriteRequest";
const SECOND = "io.prometheus.write.v2.Request";
const decode = (bytes: Buffer, message: Message = FIRST) => decodeWrite(new WireReader(bytes), message);
const labels = { __name__: "node_load1", instance: "nas:9100", job: "node" };
/** As Prometheus marks that a series ended. */
const ENDED = Buffer.from("0200000000f07f", "hex");

test.each([
  [FIRST, encodeFirst],
  [SECOND, encodeSecond],
] as const)("%s: labels, and several samples of each series, also from before 1970", (message, write) => {
  const samples = [
    [AT, 0.25],
    [AT + 15_000, -0],
    [-1, 1e300],
  ] as const;
  const { series, leftOut } = decode(
    write([
      { labels, samples },
      { labels: { __name__: "up" }, samples: [] },
    ]),
    message,
  );
  expect(series).toEqual([
    {
      name: "node_load1",
      labels: { instance: "nas:9100", job: "node" },
      kind: "named",
      at: [AT, AT + 15_000, -1],
      value: [0.25, -0, 1e300],
    },
  ]);
  expect(leftOut).toBe(0);
});

test("what is no number is left out, as the marks that a series ended", () => {
  const mark = encode([[2, AT]]);
  const ended = Buffer.concat([Buffer.from([0x09]), Buffer.from("02000000", "hex"), ENDED.subarray(3), mark]);
  const series = encode([
    [
      1,
      encode([
        [1, "__name__"],
        [2, "up"],
      ]),
    ],
    [2, ended],
    [
      2,
      encode([
        [1, { double: Number.NaN }],
        [2, AT],
      ]),
    ],
    [
      2,
      encode([
        [1, { double: Number.POSITIVE_INFINITY }],
        [2, AT],
      ]),
    ],
    [
      2,
      encode([
        [1, { double: 1 }],
        [2, AT],
      ]),
    ],
  ]);
  expect(decode(encode([[1, series]]))).toMatchObject({ leftOut: 3, series: [{ name: "up", value: [1] }] });
});

test.each([
  [1, "x", "total"],
  [1, "x_total", "total"],
  [2, "x_total", "gauge"],
  [3, "x_count", "total"],
  [3, "x_sum", "total"],
  [3, "x_bucket", "named"],
  [5, "x", "named"],
  [6, "x_info", "gauge"],
  [0, "x", "named"],
])("2.0: of type %i, %s is of kind %s", (type, name, kind) => {
  const bytes = encodeSecond([{ labels: { __name__: name }, samples: [[AT, 1]], type }]);
  expect(decode(bytes, SECOND).series[0]).toMatchObject({ name, kind });
});

test("native histograms are counted, and not kept", () => {
  const series = [{ labels, samples: [], nativeHistograms: 2 }];
  for (const push of [decode(encodeFirst(series)), decode(encodeSecond(series), SECOND)])
    expect(push).toMatchObject({ series: [], unsupported: 2, remarks: ["2 native histograms were not kept."] });
});

test.each([
  ["a length beyond the end", Buffer.from([0x0a, 0x7f, 0x0a])],
  ["a length beyond the message that it is in", Buffer.from([0x0a, 0x03, 0x0a, 0x05, 0x01, 0x01, 0x01, 0x01])],
  ["a number without an end", Buffer.from([0x0a, ...Array(11).fill(0xff)])],
  ["the field number 0", Buffer.from([0x02, 0x00])],
  ["a group", Buffer.from([0x0b, 0x0c])],
  ["half a double", encode([[1, encode([[2, Buffer.from([0x09, 1, 2])]])]])],
  [
    "a name that is no UTF-8",
    encode([
      [
        1,
        encode([
          [
            1,
            encode([
              [1, "a"],
              [2, Buffer.from([0xc3, 0x28])],
            ]),
          ],
        ]),
      ],
    ]),
  ],
  ["a text without an end", encode([[1, encode([[1, encode([[1, "a".repeat(20_000)]])]])]])],
  ["no name", encodeFirst([{ labels: { job: "x" }, samples: [[AT, 1]] }])],
  [
    "too many labels",
    encodeFirst([
      {
        labels: Object.fromEntries(Array.from({ length: MOST_LABELS + 1 }, (_, index) => [`l${index}`, "x"])),
        samples: [],
      },
    ]),
  ],
])("%s is refused", (_, bytes) => {
  expect(() => decode(bytes)).toThrow(PushFault);
});

test("2.0: a reference that leads nowhere, one too many, and a first symbol that says something", () => {
  const withReferences = (references: number[], symbols = ["", "__name__", "up"]) =>
    encode([
      ...symbols.map((text) => [4, text] as const),
      [
        5,
        encode([
          [1, Buffer.from(references)],
          [2, encode([[2, AT]])],
        ]),
      ],
    ]);
  expect(decode(withReferences([1, 2]), SECOND).series).toHaveLength(1);
  for (const wrong of [withReferences([1, 3]), withReferences([1]), withReferences([0, 1], ["__name__", "up"])])
    expect(() => decode(wrong, SECOND)).toThrow(PushFault);
});

test("more samples than anybody sends are refused before they take memory", () => {
  const empty = Buffer.concat(Array.from({ length: 200_001 }, () => Buffer.from([0x12, 0x00])));
  expect(() => decode(encode([[1, empty]]))).toThrow("more than 200000 samples");
});

test("whatever comes is decoded or refused, and nothing else", () => {
  const good = encodeSecond([{ labels, samples: [[AT, 1]], type: 1 }]);
  const bent = fc
    .tuple(fc.nat(good.length - 1), fc.nat(255))
    .map(([at, byte]) => Buffer.from(good.map((one, index) => (index === at ? byte : one))));
  const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(any, bent), fc.constantFrom<Message>(FIRST, SECOND), (bytes, message) => {
      try {
        decode(bytes, message);
      } catch (error) {
        expect(error).toBeInstanceOf(PushFault);
      }
    }),
    { numRuns: 2_000 },
  );
});
