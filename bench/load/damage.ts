import { crc32, deflateRawSync } from "node:zlib";
import { putVarint } from "../../server/metrics/chunks/codec/byte-writer";

const CHECKSUM_AT = 1;
const BODY_AT = 5;
/** Larger than any chunk that is stored, small enough for many a second. */
const MAX_NOISE = 600;
const MAX_BOMB = 30_000_000;

/** Bytes that a decoder may meet, most of them with a right checksum, so that the code behind it is reached. */
export interface Damage {
  readonly name: string;
  of(blob: Uint8Array): Uint8Array;
}

export function listDamages(random: () => number, forms: readonly number[]): Damage[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const noise = (length: number) => Uint8Array.from({ length }, () => below(256));

  function flip(blob: Uint8Array, from: number): Uint8Array {
    const flipped = blob.slice();
    for (let times = 1 + below(4); times > 0; times--) {
      const place = from + below(Math.max(1, blob.length - from));
      flipped[place] = (flipped[place] ?? 0) ^ (1 << below(8));
    }
    return flipped;
  }
  /** Bytes that lengths, counts and continued varints are made of. */
  function overwrite(blob: Uint8Array): Uint8Array {
    const changed = blob.slice();
    const place = BODY_AT + below(Math.max(1, blob.length - BODY_AT));
    const telling = [0, 1, 0x7f, 0x80, 0xff, 0x0f, 0xf0, below(256)];
    changed.fill(telling[below(telling.length)] ?? 0, place, place + 1 + below(9));
    return changed;
  }
  const splice = (blob: Uint8Array) => {
    const place = BODY_AT + below(Math.max(1, blob.length - BODY_AT));
    return Buffer.concat([blob.subarray(0, place), noise(1 + below(12)), blob.subarray(place + below(12))]);
  };
  const cut = (blob: Uint8Array) => blob.subarray(0, below(blob.length));
  const framed = (body: Uint8Array) =>
    seal(Buffer.concat([Buffer.of(forms[below(forms.length)] ?? 0, 0, 0, 0, 0), body]));

  /** As a deflated batch has it: how long it is, and what it deflates to; one in four claims something else. */
  const deflated = (body: Uint8Array) => {
    const claim = new Uint8Array(8);
    const size = putVarint(claim, 0, below(4) === 0 ? below(1 << (1 + below(26))) : body.length);
    return framed(Buffer.concat([claim.subarray(0, size), deflateRawSync(body)]));
  };

  return [
    { name: "noise", of: () => noise(below(MAX_NOISE)) },
    { name: "noise behind a checksum", of: () => framed(noise(below(MAX_NOISE))) },
    { name: "flipped bits", of: (blob) => flip(blob, 0) },
    { name: "flipped bits behind a checksum", of: (blob) => seal(flip(blob, BODY_AT)) },
    { name: "overwritten bytes behind a checksum", of: (blob) => seal(overwrite(blob)) },
    { name: "spliced bytes behind a checksum", of: (blob) => seal(splice(blob)) },
    { name: "cut", of: cut },
    { name: "cut behind a checksum", of: (blob) => seal(cut(blob).slice()) },
    { name: "of another form", of: (blob) => seal(blob.with(0, forms[below(forms.length)] ?? 0)) },
    { name: "deflated noise", of: () => deflated(noise(below(MAX_NOISE))) },
    { name: "deflated batch, damaged inside", of: (blob) => deflated(seal(overwrite(blob))) },
    // Mostly small: a large one takes as long as ten thousand others.
    { name: "a bomb of zeros", of: () => deflated(new Uint8Array(Math.floor(MAX_BOMB * random() ** 8))) },
  ];
}

/** Makes the checksum right. Shorter ones are left as they are. */
function seal(blob: Uint8Array): Uint8Array {
  if (blob.length >= BODY_AT)
    new DataView(blob.buffer, blob.byteOffset).setUint32(CHECKSUM_AT, crc32(blob.subarray(BODY_AT)), true);
  return blob;
}
