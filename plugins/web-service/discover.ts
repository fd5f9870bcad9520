import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Where services of a home usually have their pages. */
const HTTP_PORTS = [
  80, 81, 1_880, 3_000, 3_001, 3_002, 4_000, 4_533, 5_000, 5_001, 5_173, 5_055, 5_601, 6_767, 7_000, 7_575, 7_878,
  8_000, 8_001, 8_008, 8_010, 8_080, 8_081, 8_082, 8_083, 8_085, 8_088, 8_090, 8_181, 8_686, 8_787, 8_888, 8_989, 9_000,
  9_001, 9_090, 9_117, 9_696, 10_000, 13_378, 19_999,
];
const HTTPS_PORTS = [443, 8_006, 8_443, 9_443];
/** A page, or the way to one. Those that want a login first are for their own plugins. */
const PAGE = [200, 204, 301, 302, 303, 307, 308];

/** Whatever answers over HTTP and is no other plugin's. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    rest: true,
    ports: HTTP_PORTS,
    answer: { path: "/", status: PAGE },
    config: ({ place }) => ({ address: `http://${place}` }),
  },
  {
    seen: "service",
    rest: true,
    ports: HTTPS_PORTS,
    answer: { path: "/", status: PAGE, tls: true },
    asks: "The name that its certificate is for",
    config: ({ place }) => ({ address: `https://${place}` }),
  },
];
