import { setMaxListeners } from "node:events";
import type { Conversation, Doors } from "../../../plugins/sdk/context";
import { askDatagram } from "./datagram";
import { withDeadline } from "./deadline";
import { createDrivers } from "./driver";
import { runTool, TOOL_FOLDERS } from "./exec";
import { timeFailure } from "./failure";
import { fetchUrl } from "./fetch";
import { createFileGate, type FileGate } from "./file-gate";
import { createFileDoors } from "./files";
import { createGuard, type Guard } from "./guard";
import { createHardware } from "./hardware";
import { readMachine } from "./machine";
import type { PrivateFiles } from "./private-files";
import { openProgram } from "./program";
import { openStream } from "./stream";

interface DoorOptions {
  /** The run's: ends everything that is under way, at once. */
  readonly signal: AbortSignal;
  /** Finds every address that is connected to. By default link-local and metadata addresses are refused. */
  readonly guard?: Guard;
  readonly toolFolders?: readonly string[];
  readonly fileGate?: FileGate;
  /** What no plugin reads. */
  readonly privateFiles?: PrivateFiles;
}

const LOOKUP_MS = 10_000;
/** One for the process, because libuv's threads are: what hangs in one run must be known to the next. */
const processFileGate = createFileGate();
const processHardware = createHardware(Date.now);

/** The real world for one run of one plugin. `close` ends what the plugin left open; call it when the run is over. */
export function createDoors(options: DoorOptions): { doors: Doors; close(): Promise<void> } {
  const { signal, guard = createGuard(), toolFolders = TOOL_FOLDERS, fileGate = processFileGate } = options;
  const { privateFiles = { files: [] } } = options;
  // Every call under way listens to the run's end; that many are no leak.
  setMaxListeners(0, signal);
  const streams = new Set<Conversation>();
  const drivers = createDrivers(signal);
  let closed = false;
  const doors: Doors = {
    ...createFileDoors({ gate: fileGate, signal, privateFiles }),
    fetch: (url, rest = {}) => timeFailure(fetchUrl(url, rest, { signal, guard })),
    exec: (tool, args, rest = {}) => runTool(tool, args, rest, { signal, folders: toolFolders }),
    connect: async (target) => {
      const stream = await timeFailure(openStream(target, { signal, guard }));
      if (closed) stream.close();
      else streams.add(stream);
      return stream;
    },
    datagram: (target) => timeFailure(askDatagram(target, { signal, guard })),
    lookup: (host, family) => withDeadline({ signal, timeoutMs: LOOKUP_MS, where: host }, () => guard(host, family)),
    driver: (name, open) => drivers.open(name, open),
    program: (name, module) => drivers.open(name, () => openProgram(name, module)),
    machine: async () => readMachine(),
    hardware: async () => processHardware(),
  };
  return {
    doors,
    close: async () => {
      closed = true;
      for (const stream of streams) stream.close();
      streams.clear();
      await drivers.close();
    },
  };
}
