import { CollectError } from "../sdk";
import type { Version } from "./parse";

/** The newest API whose answers are known here in full, and the oldest whose are. */
const NEWEST = "1.51";
const OLDEST = "1.24";

/**
 * The version to ask with: the newest that both sides know, and never below the server's least. What is newer than
 * known is asked for only when the server takes nothing else; its answers have been additive.
 */
export function negotiateVersion({ ApiVersion, MinAPIVersion }: Pick<Version, "ApiVersion" | "MinAPIVersion">): string {
  if (!isVersion(ApiVersion))
    throw new CollectError(
      "protocol",
      `The engine says its API version is ${JSON.stringify(ApiVersion.slice(0, 40))}.`,
      {
        hint: "Check that the endpoint is Docker's or Podman's, and not another service's.",
      },
    );
  if (compare(ApiVersion, OLDEST) < 0)
    throw new CollectError(
      "unsupported_version",
      `The engine speaks API ${ApiVersion}; ${OLDEST} or newer is needed.`,
      {
        hint: "Update the engine: Docker 1.12 and Podman 3 are new enough.",
      },
    );
  const least = MinAPIVersion && isVersion(MinAPIVersion) ? MinAPIVersion : OLDEST;
  const wanted = compare(ApiVersion, NEWEST) < 0 ? ApiVersion : NEWEST;
  return compare(wanted, least) < 0 ? least : wanted;
}

const isVersion = (text: string) => /^\d{1,3}\.\d{1,3}$/.test(text);

/** 1.9 is older than 1.24. */
function compare(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}
