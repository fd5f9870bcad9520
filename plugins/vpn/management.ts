import { type CollectContext, CollectError, type Conversation, type StreamTarget } from "../sdk";
import type { Config } from "./config";

/** A thousand clients and their routes. */
const MAX_LINES = 20_000;
const PROMPT = "ENTER PASSWORD:";

export interface Management {
  /** The lines up to END. @throws CollectError `protocol` when it says ERROR */
  list(command: string): Promise<readonly string[]>;
  /** What is said after SUCCESS. */
  say(command: string): Promise<string>;
  quit(): Promise<void>;
}

/**
 * Opens OpenVPN's management interface (management-notes.txt of OpenVPN). It serves one at a time, so it must be left soon: who comes meanwhile
 * is accepted and hears nothing.
 */
export async function openManagement(context: CollectContext<Config>): Promise<Management> {
  const { management = "", managementPassword } = context.config;
  const stream = await context.connect(targetOf(management));
  await greet(stream, managementPassword);
  /** Lines that begin with > come when they like. */
  const next = async () => {
    for (let count = 0; count < MAX_LINES; count += 1) {
      const line = await stream.readLine();
      if (line.startsWith("ERROR:")) throw new CollectError("protocol", `OpenVPN said: ${line.slice(0, 200)}`);
      if (!line.startsWith(">")) return line;
    }
    throw new CollectError("protocol", "OpenVPN's management interface does not stop telling news.");
  };
  return {
    list: async (command) => {
      await stream.write(`${command}\n`);
      const lines: string[] = [];
      for (let line = await next(); line !== "END"; line = await next()) {
        lines.push(line);
        if (lines.length > MAX_LINES) throw new CollectError("protocol", `OpenVPN answered ${command} without end.`);
      }
      return lines;
    },
    say: async (command) => {
      await stream.write(`${command}\n`);
      return (await next()).replace(/^SUCCESS: /, "");
    },
    quit: async () => {
      await stream.write("quit\n");
      stream.close();
    },
  };
}

function targetOf(management: string): StreamTarget {
  if (management.startsWith("/")) return { transport: "unix", path: management };
  const colon = management.lastIndexOf(":");
  const host = management.slice(0, colon).replace(/^\[|\]$/g, "");
  return { transport: "tcp", host, port: Number(management.slice(colon + 1)) };
}

/** It greets with >INFO, or first asks for the password, without a line's end. */
async function greet(stream: Conversation, password: string | undefined): Promise<void> {
  const first = text(await stream.read(1));
  if (first === ">") return void (await stream.readLine());
  if (first !== PROMPT[0] || text(await stream.read(PROMPT.length - 1)) !== PROMPT.slice(1))
    throw new CollectError("protocol", "What answers is not OpenVPN's management interface.");
  const hint = "It is the first line of the file behind `management` in OpenVPN's settings.";
  if (password === undefined)
    throw new CollectError("auth", "OpenVPN's management interface wants a password.", { hint });
  await stream.write(`${password}\n`);
  // It asks again for a wrong one, and that is no line either.
  if (text(await stream.read(1)) !== "S" || !(await stream.readLine()).startsWith("UCCESS:"))
    throw new CollectError("auth", "OpenVPN's management interface refused the password.", { hint });
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
