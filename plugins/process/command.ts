import type { Context } from "./read-processes";

/** A Java command line is some thousand characters long; more is not looked at. */
const COMMAND_BYTES = 4_096;

/** The arguments of a process, as it shows them: it may write anything there. @throws CollectError */
export async function readCommand(context: Context, pid: number): Promise<string[]> {
  const path = `${context.config.procRoot}/${pid}/cmdline`;
  const text = await context.readFile(path, { maxBytes: COMMAND_BYTES });
  // Who has changed his title leaves many NULs behind.
  return text.replace(/\0+$/, "").split("\0");
}
