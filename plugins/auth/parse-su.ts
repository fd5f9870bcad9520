import type { Told } from "./events";

/** util-linux: `(to root) anna on pts/0`, `FAILED SU (to root) anna on pts/0`. shadow: `Successful su for root by anna`, `FAILED su for`. */
const UTIL_LINUX = /^(FAILED SU )?\(to (\S{1,256})\) (\S{1,256}) on (?:\S+|none)$/;
const SHADOW = /^(Successful|FAILED) su for (\S{1,256}) by (\S{1,256})$/;

export function parseSu(message: string): Told | undefined {
  const attempt = (ok: boolean, user: string): Told => ({
    ...{ type: "attempt", service: "su", ok, method: "password", user },
    source: undefined,
    port: undefined,
  });
  const linux = UTIL_LINUX.exec(message);
  if (linux) return attempt(linux[1] === undefined, linux[3] ?? "");
  const shadow = SHADOW.exec(message);
  return shadow ? attempt(shadow[1] === "Successful", shadow[3] ?? "") : undefined;
}
