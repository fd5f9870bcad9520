/** For tests only: protobuf as a sender writes it, by field numbers. */
type Value = number | string | Buffer | { double: number } | { fixed64: bigint };

export function encode(fields: readonly (readonly [number: number, value: Value])[]): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => encodeField(number, value)));
}

function encodeField(number: number, value: Value): Buffer[] {
  if (typeof value === "number") return [varint(number * 8), varint(value)];
  if (typeof value === "string" || Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value as string);
    return [varint(number * 8 + 2), varint(bytes.length), bytes];
  }
  const bytes = Buffer.alloc(8);
  if ("double" in value) bytes.writeDoubleLE(value.double);
  else bytes.writeBigUInt64LE(value.fixed64);
  return [varint(number * 8 + 1), bytes];
}

/** Negative numbers have ten bytes, as protobuf has them. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

interface Written {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [at: number, value: number])[];
  /** Of `io.prometheus.write.v2.Metadata`: 1 counter, 2 gauge, 3 histogram, 5 summary. */
  readonly type?: number;
  readonly nativeHistograms?: number;
}

const sample = ([at, value]: readonly [number, number]) =>
  encode([
    [1, { double: value }],
    [2, at],
  ]);

/** `prometheus.WriteRequest` */
export const encodeFirst = (series: readonly Written[]): Buffer =>
  encode(
    series.map(({ labels, samples, nativeHistograms = 0 }) => [
      1,
      encode([
        ...Object.entries(labels).map(
          ([name, value]) =>
            [
              1,
              encode([
                [1, name],
                [2, value],
              ]),
            ] as const,
        ),
        ...samples.map((one) => [2, sample(one)] as const),
        ...Array.from({ length: nativeHistograms }, () => [4, encode([[15, 1]])] as const),
      ]),
    ]),
  );

/** `io.prometheus.write.v2.Request`: each text once, the empty one first. */
export function encodeSecond(series: readonly Written[]): Buffer {
  const symbols = new Map([["", 0]]);
  const refer = (text: string) => {
    const known = symbols.get(text) ?? symbols.size;
    symbols.set(text, known);
    return varint(known);
  };
  const encoded = series.map(({ labels, samples, type = 0, nativeHistograms = 0 }) => {
    const references = Buffer.concat(Object.entries(labels).flatMap(([name, value]) => [refer(name), refer(value)]));
    return encode([
      [1, references],
      ...samples.map((one) => [2, sample(one)] as const),
      ...Array.from({ length: nativeHistograms }, () => [3, encode([[15, 1]])] as const),
      [
        5,
        encode([
          [1, type],
          [3, 0],
        ]),
      ],
    ]);
  });
  return encode([...[...symbols.keys()].map((text) => [4, text] as const), ...encoded.map((one) => [5, one] as const)]);
}
