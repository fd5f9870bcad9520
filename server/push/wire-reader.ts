import { MOST_TEXT_BYTES, PushFault } from "./pushed";

const TWO_32 = 4_294_967_296;

/**
 * Protobuf's wire format, read field by field from bytes that anybody may have sent: nothing is read beyond the end of the message that it
 * is in, and what is not asked for is stepped over.
 */
export class WireReader {
  private readonly bytes: Buffer;
  private readonly view: DataView;
  private position: number;
  private end: number;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.position = 0;
    this.end = bytes.length;
  }

  /** The next field as `number * 8 + wire type`; 0 at the end of the message. @throws PushFault */
  tag(): number {
    if (this.position >= this.end) return 0;
    const tag = this.varint();
    if (tag < 8 || tag >= TWO_32) throw new PushFault("A protobuf field has no valid number.");
    return tag;
  }

  isAtEnd(): boolean {
    return this.position >= this.end;
  }

  /** Unsigned; above 2^53 it is not exact. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count += 1) {
      if (this.position >= this.end) throw cutOff();
      const byte = this.bytes[this.position++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new PushFault("A protobuf number has more than ten bytes.");
  }

  /** Of 64 bits, in two's complement. Beyond 2^53 it is not exact. */
  int64(): number {
    const start = this.position;
    const value = this.varint();
    if (value < TWO_32 * 0x8000_0000) return value;
    return Number(BigInt.asIntN(64, this.exact(start)));
  }

  private exact(start: number): bigint {
    let value = 0n;
    for (let index = start; index < this.position; index += 1)
      value |= BigInt((this.bytes[index] ?? 0) & 0x7f) << BigInt(7 * (index - start));
    return value;
  }

  /** `sint32`, `sint64` of 32 bits. */
  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    this.require(8);
    const value = this.view.getFloat64(this.position, true);
    this.position += 8;
    return value;
  }

  /** Nanoseconds are exact to the quarter of a microsecond. */
  fixed64(): number {
    this.require(8);
    const value = this.view.getUint32(this.position, true) + this.view.getUint32(this.position + 4, true) * TWO_32;
    this.position += 8;
    return value;
  }

  sfixed64(): number {
    this.require(8);
    const value = this.view.getUint32(this.position, true) + this.view.getInt32(this.position + 4, true) * TWO_32;
    this.position += 8;
    return value;
  }

  /** @throws PushFault when it is too long, or no UTF-8 */
  text(): string {
    const length = this.length();
    if (length > MOST_TEXT_BYTES) throw new PushFault(`A text has ${length} bytes.`);
    const start = this.position;
    this.position += length;
    const text = this.bytes.toString("utf8", start, this.position);
    // What is no UTF-8 was replaced; whoever sent the mark itself is looked at more closely.
    if (text.includes("\ufffd") && Buffer.byteLength(text) !== length) throw new PushFault("A text is no UTF-8.");
    if (text.includes("\ufffd") && !Buffer.from(text).equals(this.bytes.subarray(start, this.position)))
      throw new PushFault("A text is no UTF-8.");
    return text;
  }

  /** The message in this field; read the rest with it until its `tag` is 0, then `leave`. @returns for `leave` */
  enter(): number {
    const length = this.length();
    const outer = this.end;
    this.end = this.position + length;
    return outer;
  }

  leave(outer: number): void {
    this.position = this.end;
    this.end = outer;
  }

  /** @param tag of the field, whose value is stepped over @throws PushFault for groups, which nobody sends since 2008 */
  skip(tag: number): void {
    const type = tag % 8;
    if (type === 0) this.varint();
    else if (type === 1) this.step(8);
    else if (type === 2) this.step(this.length());
    else if (type === 5) this.step(4);
    else throw new PushFault(`A protobuf field has the wire type ${type}.`);
  }

  /** How many bytes the field has that comes now. */
  private length(): number {
    const length = this.varint();
    if (length > this.end - this.position) throw cutOff();
    return length;
  }

  private step(bytes: number): void {
    this.require(bytes);
    this.position += bytes;
  }

  private require(bytes: number): void {
    if (bytes > this.end - this.position) throw cutOff();
  }
}

const cutOff = () => new PushFault("The protobuf message ends within a field.");
