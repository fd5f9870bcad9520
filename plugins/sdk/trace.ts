import type { FileFacts } from "./context";

/** A service of this machine that may be what a plugin watches. */
export interface SeenService {
  /** Where it is reached from this machine: "127.0.0.1", "::1", or the one address it listens on. */
  readonly host: string;
  readonly port: number;
  /** Host and port as they stand in an address: "127.0.0.1:6379", "[::1]:6379". */
  readonly place: string;
}
/** A file, socket, device or folder of this machine. */
export interface SeenFile {
  readonly path: string;
}

interface Proposing<C, S> {
  /** The config that is proposed, as far as it can be known. */
  config(seen: S): Partial<C>;
  /** What a person must add, in words, as "A token of an administrator". Without it, it can be added at once. */
  readonly asks?: string;
}

/** A server that listens on a TCP port of this machine, or a container that publishes one. */
export interface ServiceTrace<C = Record<string, unknown>> extends Proposing<C, SeenService> {
  readonly seen: "service";
  /** Where it usually listens, the port that `config` wants first. In a container: the container's own ports. */
  readonly ports: readonly number[];
  /**
   * Names of its processes, as globs: "redis-server". Such a process is recognised on its other ports too. Who listens can be seen
   * only by root and for one's own processes; where it cannot, and there is no `answer`, a usual port alone makes it likely.
   */
  readonly process?: readonly string[];
  /** Only on the usual ports: others that the process listens on are for something else. */
  readonly onlyPorts?: boolean;
  /** Its images without registry and tag, as globs: "redis", "*\/jellyfin". */
  readonly image?: readonly string[];
  /** What tells it from everything else on these ports. Asked only of what no process or image has told. */
  readonly answer?: Answer;
  /** Proposed only where no other plugin recognises the service. */
  readonly rest?: boolean;
}

/** One GET without credentials, to this machine's loopback address and nowhere else; a redirect is not followed. */
export interface Answer {
  readonly path: string;
  /** Over TLS, whatever the certificate. */
  readonly tls?: boolean;
  /** Statuses that are its own. Default: 200. "any" is whatever is HTTP. */
  readonly status?: readonly number[] | "any";
  /** Must be in the first 64 KiB, in this spelling. */
  readonly body?: string;
  /** A header that must be there, in lower case, and a text in its value. */
  readonly header?: readonly [name: string, text: string];
}

/** What is there when it is there: a socket, a device, a folder. */
export interface FileTrace<C = Record<string, unknown>> extends Proposing<C, SeenFile> {
  readonly seen: "file";
  /** Absolute paths or patterns (`*` within a name). The first that is there is proposed, with `each` every one. */
  readonly paths: readonly string[];
  readonly type?: FileFacts["type"];
  readonly each?: boolean;
  /** Another way to the server that listens: proposed only where the plugin recognises none that does. */
  readonly alias?: boolean;
}

/** A mounted file system of a type. */
export interface MountTrace<C = Record<string, unknown>> extends Proposing<C, SeenFile> {
  readonly seen: "mount";
  /** As /proc/mounts has it: "btrfs". */
  readonly types: readonly string[];
}

/** How a plugin recognises on this machine what it can watch. Looking touches nothing else; see `Plugin.discover`. */
export type Trace<C = Record<string, unknown>> = ServiceTrace<C> | FileTrace<C> | MountTrace<C>;
