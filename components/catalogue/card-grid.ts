/** The columns of all cards of the catalogue, so that what was found stands over what there is. Inside a `@container`. */
export const CARD_GRID =
  "grid grid-cols-[repeat(var(--columns),minmax(0,1fr))] gap-x-3 [--columns:1] @xl:[--columns:2] @4xl:[--columns:3] @min-[76rem]:[--columns:4]";
