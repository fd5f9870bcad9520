import type { HttpAnswer } from "../sdk";

/** The cookies an answer sets, as they are sent back: "SID=x; other=y". "" when it sets none. RFC 6265, 5.4 */
export function cookiesOf({ headers }: Pick<HttpAnswer, "headers">): string {
  return (headers["set-cookie"] ?? "")
    .split("\n")
    .map((line) => line.split(";", 1)[0]?.trim() ?? "")
    .filter((pair) => /^[^=\s]+=[\x21-\x7e]+$/.test(pair))
    .join("; ");
}
