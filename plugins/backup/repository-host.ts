import { CollectError } from "../sdk";
import type { Context } from "./run-tool";

/** Of restic's, those whose second part is no host. */
const SERVICES = /^(b2|azure|gs|swift|rclone|local|file):/;

/** The host a repository is on, as restic and borg read it; undefined for one on this machine or with a service of known hosts. */
export function hostOf(repository: string): string | undefined {
  const [, url] = /:\/\/([^/?#\s]+)/.exec(repository) ?? [];
  if (url !== undefined) return withoutPort(withoutUser(url));
  if (SERVICES.test(repository)) return undefined;
  // s3:host/bucket; sftp:user@host:path; borg's user@host:path.
  const [, bucket] = /^s3:([^/]+)/.exec(repository) ?? [];
  if (bucket !== undefined) return withoutPort(bucket);
  const [, place] = /^(?:sftp:)?((?:[^/:@]+@)?(?:\[[^\]]+\]|[^/:]+)):/.exec(repository) ?? [];
  return place === undefined ? undefined : withoutPort(withoutUser(place));
}

const withoutUser = (text: string) => text.slice(text.lastIndexOf("@") + 1);
const withoutPort = (text: string) => text.replace(/:\d*$/, "").replace(/^\[|\]$/g, "");

/**
 * restic and borg look names up themselves, and need them for certificates and host keys. So what can be done is to ask first.
 *
 * @throws CollectError `permission`
 */
export async function refuseForbiddenHost({ config, lookup }: Context): Promise<void> {
  const { repository, env } = config;
  const host = hostOf(repository ?? env.RESTIC_REPOSITORY ?? env.BORG_REPO ?? "");
  if (host === undefined) return;
  try {
    await lookup(host);
  } catch (error) {
    // A name that only ssh knows, or a network that is down: the tool says it in its own words.
    if (error instanceof CollectError && error.reason === "permission") throw error;
  }
}
