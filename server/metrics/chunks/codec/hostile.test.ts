import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeBatch } from "./batch";
import { decodeBuckets } from "./buckets";
import type { ByteWriter } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { FORM, openWriter, seal } from "./envelope";
import { decodeSamples } from "./samples";

/** A blob with a right checksum, as only somebody who means it would make. */
function forge(form: (typeof FORM)[keyof typeof FORM], write: (writer: ByteWriter) => void): Uint8Array {
  const writer = openWriter(form, 64);
  write(writer);
  return seal(writer);
}
/** Samples whose instants are `count` times a beat, and whose value column is what `write` writes. */
const forgeValues = (count: number, write: (writer: ByteWriter) => void) =>
  forge(FORM.samples, (writer) => {
    writer.varint(count);
    for (const byte of [0x10, 0, 4, 0]) writer.byte(byte);
    writer.varint(count - 2);
    write(writer);
  });
const bytes = (...list: number[]) => {
  return (writer: ByteWriter) => {
    for (const byte of list) writer.byte(byte);
  };
};

test("what these tests forge is read when it is right", () => {
  const { at, value } = decodeSamples(forgeValues(4, bytes(0x02, 10)));
  expect([...at]).toEqual([0, 2, 4, 6]);
  expect([...value]).toEqual([0.05, 0.05, 0.05, 0.05]);
});

test.each([
  ["no column", bytes()],
  ["a number that does not end", bytes(0, 255, 255, 255, 255, 255, 255, 255, 255, 255)],
  ["a number beyond 2^53", bytes(0, 255, 255, 255, 255, 255, 255, 255, 127)],
  ["more decimals than there are", bytes(0x0d, 1)],
  ["a layout nobody wrote", bytes(0x50, 0, 0, 0)],
  ["a run past the end", bytes(0x10, 0, 0, 0, 3)],
  ["a run past everything", bytes(0x10, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 15)],
  ["numbers of 54 bits", bytes(0x20, 0, 54, 0, ...new Array(30).fill(1))],
  ["blocks that are cut", bytes(0x20, 0, 24, 0, 1, 2, 3)],
  ["deflated data that is cut", bytes(0x40, 0, 100, 1)],
  ["deflated data that is none", bytes(0x40, 0, 3, 255, 255, 255)],
  ["halves of halves", bytes(0x0f, 0x0f, 0, 0, 0, 0)],
  ["more after the end", bytes(0, 0, 0)],
  // The upper half of every quiet NaN.
  ["values that are not numbers", bytes(0x0f, 0x00, 0x80, 0x80, 0xc0, 0xff, 0x0f, 0x00, 0x00)],
])("refuses %s", (_, write) => {
  expect(() => decodeSamples(forgeValues(4, write))).toThrow(CorruptData);
});

test("refuses deflated numbers that inflate to more than they may", () => {
  const bomb = deflateRawSync(new Uint8Array(1 << 24));
  const blob = forgeValues(4, (writer) => {
    writer.byte(0x40);
    writer.varint(0);
    writer.varint(bomb.length);
    writer.append(bomb);
  });
  expect(() => decodeSamples(blob)).toThrow("does not inflate");
});

test("refuses a batch that inflates to more than a batch can be", () => {
  const claiming = (length: number) =>
    forge(FORM.deflatedBatch, (writer) => {
      writer.varint(length);
      writer.append(deflateRawSync(new Uint8Array(1 << 16)));
    });
  expect(() => decodeBatch(claiming(1 << 26))).toThrow("claims to inflate");
  expect(() => decodeBatch(claiming(1 << 15))).toThrow("does not inflate");
});

test.each([
  ["samples", FORM.samples, decodeSamples],
  ["buckets", FORM.buckets, decodeBuckets],
  ["batch", FORM.batch, decodeBatch],
])("refuses %s that claim more entries than one blob may hold", (_, form, decode) => {
  const claim = (count: number) => forge(form, (writer) => writer.varint(count));
  expect(() => decode(claim(2 ** 20 + 1))).toThrow("claims to hold");
  expect(() => decode(claim(2 ** 40))).toThrow("claims to hold");
  expect(() => decode(new Uint8Array(0))).toThrow(CorruptData);
});

test("refuses instants that stand still, run backwards or are no whole milliseconds", () => {
  const withInstants = (...column: number[]) => forge(FORM.samples, bytes(2, ...column, 0, 0));
  expect([...decodeSamples(withInstants(0x10, 2, 4, 0, 0)).at]).toEqual([1, 3]);
  expect(() => decodeSamples(withInstants(0x00, 2))).toThrow("out of order");
  expect(() => decodeSamples(withInstants(0x10, 2, 1, 0, 0))).toThrow("out of order");
  expect(() => decodeSamples(withInstants(0x11, 2, 4, 0, 0))).toThrow("out of order");
});
