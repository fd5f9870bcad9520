import type { Config } from "./config";

type Address = Pick<Config, "host" | "port" | "queryPort">;

/** Without the brackets that an IPv6 address has before a port. */
export const bareHost = ({ host }: Pick<Config, "host">) => host.replace(/^\[(.*)\]$/, "$1");

/** For lists and messages: "games.lab:25565", without a port where it is the game's usual one. */
export function placeOf({ host, port, queryPort }: Address): string {
  const bare = bareHost({ host });
  const shown = port ?? queryPort;
  if (shown === undefined) return bare;
  return bare.includes(":") ? `[${bare}]:${shown}` : `${bare}:${shown}`;
}
