import { version } from "../../../package.json";

/** What a newer version made, which may mean more by it than this one knows. */
export class NewerArchive extends Error {
  override readonly name = "NewerArchive";
  /** @param what is newer about it @param made the version that wrote it */
  constructor(made: string, what = "") {
    super(`It was made by a newer Unity (${made}${what}), and this one is ${version}. Update this one first.`);
  }
}

/** @param other as "1.2.3" */
export const isNewerThanThis = (other: string): boolean => other.localeCompare(version, "en", { numeric: true }) > 0;
