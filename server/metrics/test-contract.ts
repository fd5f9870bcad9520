import { describe } from "vitest";
import { describeProperties } from "./test-contract-properties";
import { describeQueries } from "./test-contract-queries";
import { describeRetention } from "./test-contract-retention";
import { describeShorter } from "./test-contract-shorter";
import { describeTransfer } from "./test-contract-transfer";
import { describeWriting } from "./test-contract-writing";
import { type Place, type SubjectOptions, useSubject } from "./test-subject";

/**
 * What every engine must do. @param makePlace a new, empty database @param options.runs of each property, where an engine is too slow
 * for as many as usual
 */
export function describeMetricStore(
  name: string,
  makePlace: () => Promise<Place>,
  { runs, ...options }: SubjectOptions & { runs?: number } = {},
): void {
  describe(`${name} keeps the contract of a metric store`, () => {
    describe("writing", () => describeWriting(useSubject(makePlace, options)));
    describe("queries", () => describeQueries(useSubject(makePlace, options)));
    describe("rollup and retention", () => describeRetention(useSubject(makePlace, options)));
    describe("rollups of other stores", () => describeTransfer(useSubject(makePlace, options)));
    describe("retention of single series", () => describeShorter(useSubject(makePlace, options)));
    describe("by property", () => describeProperties(useSubject(makePlace, options), runs));
  });
}
