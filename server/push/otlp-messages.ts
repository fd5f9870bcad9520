import { PushFault } from "./pushed";
import type { WireReader } from "./wire-reader";

/** How one field is read: a number or text, or a message of its own. */
type Scalar = "text" | "double" | "fixed64" | "sfixed64" | "varint" | "int64" | "sint32" | "bool";
type Field = readonly [name: string, type: Scalar | Message, repeated?: "many"];
/** By field number, with the names of OTLP's JSON. What is not here is stepped over. */
type Message = Readonly<Record<number, Field>>;

/** Lists and maps as values are not kept, so nothing here lies within itself. */
const AnyValue: Message = {
  1: ["stringValue", "text"],
  2: ["boolValue", "bool"],
  3: ["intValue", "int64"],
  4: ["doubleValue", "double"],
};
const Attribute: Message = { 1: ["key", "text"], 2: ["value", AnyValue] };
const TIMES = { 2: ["startTimeUnixNano", "fixed64"], 3: ["timeUnixNano", "fixed64"] } as const satisfies Message;
const NumberPoint: Message = {
  ...TIMES,
  4: ["asDouble", "double"],
  6: ["asInt", "sfixed64"],
  7: ["attributes", Attribute, "many"],
  8: ["flags", "varint"],
};
const HistogramPoint: Message = {
  ...TIMES,
  4: ["count", "fixed64"],
  5: ["sum", "double"],
  6: ["bucketCounts", "fixed64", "many"],
  7: ["explicitBounds", "double", "many"],
  9: ["attributes", Attribute, "many"],
  10: ["flags", "varint"],
};
const Buckets: Message = { 1: ["offset", "sint32"], 2: ["bucketCounts", "varint", "many"] };
const ExponentialPoint: Message = {
  ...TIMES,
  1: ["attributes", Attribute, "many"],
  4: ["count", "fixed64"],
  5: ["sum", "double"],
  6: ["scale", "sint32"],
  7: ["zeroCount", "fixed64"],
  8: ["positive", Buckets],
  9: ["negative", Buckets],
  10: ["flags", "varint"],
  14: ["zeroThreshold", "double"],
};
const SummaryPoint: Message = {
  ...TIMES,
  4: ["count", "fixed64"],
  5: ["sum", "double"],
  6: ["quantileValues", { 1: ["quantile", "double"], 2: ["value", "double"] }, "many"],
  7: ["attributes", Attribute, "many"],
  8: ["flags", "varint"],
};
const summed = (point: Message): Message => ({
  1: ["dataPoints", point, "many"],
  2: ["aggregationTemporality", "varint"],
  3: ["isMonotonic", "bool"],
});
const Metric: Message = {
  1: ["name", "text"],
  3: ["unit", "text"],
  5: ["gauge", { 1: ["dataPoints", NumberPoint, "many"] }],
  7: ["sum", summed(NumberPoint)],
  9: ["histogram", summed(HistogramPoint)],
  10: ["exponentialHistogram", summed(ExponentialPoint)],
  11: ["summary", { 1: ["dataPoints", SummaryPoint, "many"] }],
};
const ResourceMetrics: Message = {
  1: ["resource", { 1: ["attributes", Attribute, "many"] }],
  2: ["scopeMetrics", { 2: ["metrics", Metric, "many"] }, "many"],
};
/** `opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest` */
const Request: Message = { 1: ["resourceMetrics", ResourceMetrics, "many"] };

/** Messages and numbers of one request, ten times what a collector sends. */
const MOST_ITEMS = 2_000_000;

/** A request in protobuf, as it would be in OTLP's JSON. @throws PushFault */
export function decodeOtlp(reader: WireReader): unknown {
  const count = { left: MOST_ITEMS };
  return readMessage(reader, Request, count);
}

type Plain = Record<string, unknown>;

function readMessage(reader: WireReader, message: Message, count: { left: number }): Plain {
  const plain: Plain = {};
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    const field = message[Math.floor(tag / 8)];
    if (!field || tag % 8 !== wireTypeOf(field, tag)) reader.skip(tag);
    else readField(reader, plain, field, tag % 8, count);
  }
  return plain;
}

function readField(reader: WireReader, plain: Plain, field: Field, wire: number, count: { left: number }): void {
  const [name, type, repeated] = field;
  const one = () => {
    if (--count.left < 0) throw new PushFault(`A request has more than ${MOST_ITEMS} parts.`);
    return typeof type === "string" ? readScalar(reader, type) : readInner(reader, type, count);
  };
  if (!repeated) {
    plain[name] = one();
    return;
  }
  const known = plain[name];
  const list: unknown[] = Array.isArray(known) ? known : [];
  plain[name] = list;
  if (typeof type !== "string" || wire !== 2 || type === "text") list.push(one());
  else {
    const outer = reader.enter();
    while (!reader.isAtEnd()) list.push(one());
    reader.leave(outer);
  }
}

function readInner(reader: WireReader, message: Message, count: { left: number }): Plain {
  const outer = reader.enter();
  const plain = readMessage(reader, message, count);
  reader.leave(outer);
  return plain;
}

/** Of numbers, many may be packed into one field. */
function wireTypeOf([, type, repeated]: Field, tag: number): number {
  if (typeof type !== "string" || type === "text") return 2;
  if (repeated && tag % 8 === 2) return 2;
  return type === "double" || type === "fixed64" || type === "sfixed64" ? 1 : 0;
}

function readScalar(reader: WireReader, type: Scalar): string | number | boolean {
  switch (type) {
    case "text":
      return reader.text();
    case "double":
      return reader.double();
    case "fixed64":
      return reader.fixed64();
    case "sfixed64":
      return reader.sfixed64();
    case "varint":
      return reader.varint();
    case "int64":
      return reader.int64();
    case "sint32":
      return reader.zigzag();
    case "bool":
      return reader.varint() !== 0;
    default:
      return type satisfies never;
  }
}
