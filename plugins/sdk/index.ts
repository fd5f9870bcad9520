export { type BoardItem, chart, meter, states, table } from "./board";
export { capturePattern } from "./capture-pattern";
export { headerMap, isSecret, secret, serviceUrl, tlsOptions } from "./config";
export type * from "./context";
export { NOTHING_RECEIVED } from "./context";
export { ENCODINGS, type Encoding } from "./cut-lines";
export { CollectError, errorCode, REASONS, type Reason } from "./errors";
export { expandGlob, isGlob } from "./expand-glob";
export { findPattern } from "./find-pattern";
export { foundNames, isPlausible, nameOfFoundLabel, specOfFound } from "./found-names";
export { matchesAny, matchesGlob } from "./globs";
export { type Buckets, increaseOf, quantileOf } from "./histogram";
export { holdOffLogin } from "./hold-off";
export { type ApiRequest, type HttpApi, openApi, parseAnswer, placeOf, type Refusals } from "./http-api";
export { canonicalAddress, isWithin, type Network, parseAddress, parseNetwork } from "./ip-address";
export { labelItems, toLabel } from "./labels";
export { createMatcher } from "./match-patterns";
export { parseSamples, type Sample } from "./parse-samples";
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
  type PushedName,
  type Report,
  type Share,
} from "./plugin";
export { printable } from "./printable";
export { type JournalPlace, readJournal } from "./read-journal";
export { readPart, readPartEvery } from "./read-part";
export { readWireguard, type WireguardInterface, type WireguardPeer } from "./read-wireguard";
export { type TailPlace, tailFile } from "./tail-file";
export type { Trace } from "./trace";
export { type StoredUnit, UNITS, type Unit } from "./units";
export { findTokenProblem, loginHeaders } from "./web-login";
