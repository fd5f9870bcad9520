import { rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "./server-error";

type Explain = (file: string) => string;
const noRoom: Explain = (file) => `There is no room left on the disk of ${file}. Make room there.`;
const readOnly: Explain = (file) =>
  `${dirname(file)} is on a file system that can only be read. Mount it for writing; the system switches a disk that fails to that, and its log (dmesg) says why.`;
const notAllowed: Explain = (file) =>
  `${file} may not be written by user ${process.getuid?.() ?? "of this process"}. Give that user the folder and what is in it, or name another one.`;

const EXPLANATIONS: Readonly<Record<string, Explain | undefined>> = {
  SQLITE_FULL: noRoom,
  ENOSPC: noRoom,
  EDQUOT: noRoom,
  EROFS: readOnly,
  EACCES: notAllowed,
  EPERM: notAllowed,
};
/** What SQLite says when the system did not let it write or open, without saying why. */
const UNCLEAR = /^SQLITE_(IOERR|READONLY|CANTOPEN)/;

/**
 * Why a file cannot be written: what, where and what to do; undefined when it is not the disk's fault. Where the error does not tell,
 * a file is written beside it, and removed.
 * @param unclear the error may be about the disk, whatever its code is
 */
export function explainFileError(error: unknown, file: string, { unclear = false } = {}): string | undefined {
  const code = codeOf(error);
  const known = EXPLANATIONS[code] ?? (unclear || UNCLEAR.test(code) ? EXPLANATIONS[tryWriting(file)] : undefined);
  return known?.(file);
}

/** What the system says to it: "" when it may be done. */
function tryWriting(file: string): string {
  const probe = `${file}.probe`;
  try {
    writeFileSync(probe, "Unity");
    rmSync(probe);
    return "";
  } catch (error) {
    return codeOf(error);
  }
}
