/**
 * Count, sum, minimum and maximum in SQL. PostgreSQL refuses a sum beyond a double and with it the whole question, so values that
 * could get there together are added up apart and divided, by a power of two, which is exact: almost never are there any. They are told
 * by plain comparisons: with these TimescaleDB adds up compressed columns as they are, with `abs` it makes rows of them before.
 */
export const LARGE = 2 ** 66;
export const SUM = "sum(value) filter (where value < 1e290 and value > -1e290)";
export const SUM_LARGE = `sum(value / ${LARGE}) filter (where value >= 1e290 or value <= -1e290)`;

export const RAW_FIGURES = `count(*), ${SUM}, ${SUM_LARGE}, min(value), max(value)`;
export const ROLLED_FIGURES = "sum(count)::bigint, sum(sum), sum(sum_large), min(min), max(max)";
