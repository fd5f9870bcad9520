import { FORM, openReader, readCount } from "./envelope";
import { checkOrder } from "./instants";
import { type Even, readEven } from "./integers";
import { fillNumbers, fillScaled } from "./numbers";

/** One blob of samples as far as adding up needs it decoded. */
export interface Decoded {
  readonly count: number;
  /** Where instants are evenly spaced; else they are in `at`. */
  readonly even: Even | undefined;
  /** May be longer than `count`, as `scaled`. */
  readonly at: Float64Array;
  /** Value `i` is `scaled[i] / power`, bit for bit. */
  readonly scaled: Float64Array;
  readonly power: number;
}

/**
 * Decodes what `encodeSamples` gave, each time into the same memory: what one call answers is gone with the next. Half the work of
 * `decodeSamples`, where a month is added up. @throws CorruptData
 */
export function createDecoder(): (data: Uint8Array) => Decoded {
  let at = new Float64Array(1_024);
  let scaled = new Float64Array(1_024);
  return (data) => {
    const reader = openReader(data, FORM.samples);
    const count = readCount(reader);
    if (count > at.length) {
      at = new Float64Array(count);
      scaled = new Float64Array(count);
    }
    const even = readEven(reader, count);
    if (!even) {
      const instants = at.subarray(0, count);
      fillNumbers(reader, instants);
      checkOrder(instants);
    }
    const power = fillScaled(reader, scaled.subarray(0, count));
    reader.end();
    return { count, even, at, scaled, power };
  };
}
