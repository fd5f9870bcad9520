import { StringDecoder } from "node:string_decoder";
import type { Screen } from "../move/progress";

/** A terminal that somebody types at. */
export interface Keyboard {
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: "data", listener: (bytes: Buffer) => void): unknown;
  off(event: "data", listener: (bytes: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

interface Asking {
  readonly keyboard: Keyboard;
  readonly screen: Screen;
  /** Ctrl-C is a key like any other while it asks. */
  interrupt(): void;
  readonly signal: AbortSignal;
}

const ENTER = /[\r\n]/;
const ERASE = /[\b\u007f]/;
const INTERRUPT = "\u0003";
const ESCAPE = "\u001b";
/** Arrows and the like, which come as several signs. */
const SEQUENCES = new RegExp(`${ESCAPE}(\\[[0-9;]*[A-Za-z~]|O[A-Z])`, "g");

/** A line that is typed, and not shown. @throws the signal's reason */
export async function askHidden(question: string, { keyboard, screen, interrupt, signal }: Asking): Promise<string> {
  const wasRaw = keyboard.isRaw ?? false;
  screen.write(question);
  keyboard.setRawMode?.(true);
  keyboard.resume();
  const decoder = new StringDecoder("utf8");
  const typed: string[] = [];
  let listener: (bytes: Buffer) => void = () => undefined;
  let stopped: () => void = () => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      stopped = () => reject(signal.reason);
      signal.addEventListener("abort", stopped);
      if (signal.aborted) stopped();
      listener = (bytes) => {
        for (const sign of decoder.write(bytes).replace(SEQUENCES, "")) {
          if (ENTER.test(sign)) return resolve();
          if (sign === INTERRUPT) return interrupt();
          if (ERASE.test(sign)) typed.pop();
          else if (sign >= " ") typed.push(sign);
        }
      };
      keyboard.on("data", listener);
    });
    return typed.join("");
  } finally {
    keyboard.off("data", listener);
    signal.removeEventListener("abort", stopped);
    keyboard.setRawMode?.(wasRaw);
    keyboard.pause();
    screen.write("\n");
  }
}
