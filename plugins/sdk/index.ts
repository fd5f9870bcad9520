export { type BoardItem, chart, meter, states, table } from "./board";
export { headerMap, isSecret, secret, tlsOptions } from "./config";
export type * from "./context";
export { CollectError, errorCode, REASONS, type Reason } from "./errors";
export { findPattern } from "./find-pattern";
export { matchesAny, matchesGlob } from "./globs";
export { type Pattern, parsePattern } from "./pattern";
export {
  type AlertSpec,
  CATEGORIES,
  type Category,
  type Condition,
  days,
  definePlugin,
  hours,
  type Inventory,
  type Labels,
  type MetricSpec,
  type Metrics,
  minutes,
  type Plugin,
  type Report,
  type Share,
} from "./plugin";
export { printable } from "./printable";
export { type StoredUnit, UNITS, type Unit } from "./units";
