import { CollectError } from "../sdk";
import type { Context } from "./parts";

const SECONDS = 3_600;

/** A version is looked up once an hour, and "" where it cannot be: nothing hangs on it. */
export async function readVersion(context: Context, read: () => Promise<string>): Promise<string> {
  const { memory, signal } = context;
  if (memory.due("version", SECONDS)) {
    try {
      memory.keep("version", await read());
    } catch (error) {
      if (signal.aborted || !(error instanceof CollectError)) throw error;
      memory.keep("version", "");
    }
  }
  return memory.recall<string>("version")?.value ?? "";
}
