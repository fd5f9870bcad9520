import { z } from "zod";

/** Shapes of the Docker Engine API, of which only the fields read stand here. Docker Engine API v1.24 to v1.56, Podman 4 and 5. */

const text = z.string().nullish();
const count = z.number().nullish();
const labels = z.record(z.string(), z.string()).nullish();

export const Version = z.object({
  Version: text,
  ApiVersion: z.string(),
  MinAPIVersion: text,
  Os: text,
  Arch: text,
  KernelVersion: text,
  Components: z.array(z.object({ Name: text })).nullish(),
});
export type Version = z.output<typeof Version>;

export const Info = z.object({
  Images: count,
  Driver: text,
  NCPU: count,
  MemTotal: count,
  OperatingSystem: text,
  SystemTime: text,
  CgroupVersion: text,
  Swarm: z.object({ LocalNodeState: text }).nullish(),
  Warnings: z.array(z.string()).nullish(),
});
export type Info = z.output<typeof Info>;

/** One row of /containers/json. The id becomes part of a path, so it is nothing but an id. */
const Listed = z.object({
  Id: z.string().regex(/^[0-9a-f]{12,64}$/),
  Names: z.array(z.string()).nullish(),
  Image: text,
  State: z.string(),
  Status: text,
  Labels: labels,
});

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: State;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const STATES = ["created", "running", "paused", "restarting", "removing", "exited", "dead"] as const;
export type State = (typeof STATES)[number] | "other";
export const hasEnded = ({ state }: Container) => state === "exited" || state === "dead";

/** Podman's words for the same states. */
const SAME_STATES: Readonly<Record<string, State>> = {
  configured: "created",
  initialized: "created",
  stopped: "exited",
  stopping: "running",
};

/** Reads the list entry by entry: one that makes no sense does not cost the others. */
export function parseContainers(list: readonly unknown[]): { containers: Container[]; malformed: number } {
  const containers: Container[] = [];
  let malformed = 0;
  for (const entry of list) {
    const parsed = Listed.safeParse(entry);
    if (parsed.success) containers.push(describeListed(parsed.data));
    else malformed += 1;
  }
  return { containers, malformed };
}

function describeListed({ Id, Names, Image, State, Status, Labels }: z.output<typeof Listed>): Container {
  // A linked container has names such as /web/db as well; its own has one slash.
  const own = Names?.find((name) => name.lastIndexOf("/") <= 0) ?? Names?.[0];
  return {
    id: Id,
    name: toLabel(own?.replace(/^\//, "") || Id.slice(0, 12)),
    image: toLabel(Image ?? ""),
    state: parseState(State),
    status: toLabel(Status ?? ""),
    labels: Labels ?? {},
  };
}

function parseState(state: string): State {
  const known = STATES.find((name) => name === state.toLowerCase());
  return (
    known ?? (Object.hasOwn(SAME_STATES, state.toLowerCase()) ? SAME_STATES[state.toLowerCase()] : undefined) ?? "other"
  );
}

/** What becomes a label or a cell: of bounded length, control characters as escapes. */
export function toLabel(value: string): string {
  return value
    .slice(0, 200)
    .replace(/[\uD800-\uDBFF]$/, "")
    .replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
