import { z } from "zod";
import { toLabel } from "./parse";

const Health = z.object({ Status: z.string().nullish(), FailingStreak: z.number().nullish() }).nullish();

/** The part of /containers/{id}/json that is read. */
const Inspected = z.object({
  RestartCount: z.number().nullish(),
  State: z.object({
    Running: z.boolean().nullish(),
    OOMKilled: z.boolean().nullish(),
    ExitCode: z.number().nullish(),
    StartedAt: z.string().nullish(),
    FinishedAt: z.string().nullish(),
    Health,
    // Podman before 4.
    Healthcheck: Health,
  }),
  HostConfig: z
    .object({
      RestartPolicy: z.object({ Name: z.string().nullish() }).nullish(),
      Memory: z.number().nullish(),
      NetworkMode: z.string().nullish(),
    })
    .nullish(),
});

export interface Details {
  readonly restarts: number | undefined;
  readonly oomKilled: boolean | undefined;
  readonly exitCode: number | undefined;
  /** Epoch seconds; undefined when it never was. */
  readonly startedAt: number | undefined;
  readonly health: "healthy" | "unhealthy" | "starting" | undefined;
  readonly failingStreak: number;
  readonly restartPolicy: string;
  readonly memoryLimitBytes: number | undefined;
  readonly hostNetwork: boolean;
}

/** @returns undefined when the answer is no description of a container */
export function parseDetails(answer: unknown): Details | undefined {
  const parsed = Inspected.safeParse(answer);
  if (!parsed.success) return undefined;
  const { State: state, HostConfig: host, RestartCount: restarts } = parsed.data;
  const health = state.Health ?? state.Healthcheck;
  return {
    restarts: restarts ?? undefined,
    oomKilled: state.OOMKilled ?? undefined,
    exitCode: state.ExitCode ?? undefined,
    startedAt: parseInstant(state.StartedAt),
    health: parseHealth(health?.Status),
    failingStreak: health?.FailingStreak ?? 0,
    restartPolicy: toLabel(host?.RestartPolicy?.Name || "no"),
    memoryLimitBytes: host?.Memory && host.Memory > 0 ? host.Memory : undefined,
    hostNetwork: host?.NetworkMode === "host",
  };
}

/** Podman says "" and Docker "none" when there is no health check. */
function parseHealth(status: string | null | undefined): Details["health"] {
  return status === "healthy" || status === "unhealthy" || status === "starting" ? status : undefined;
}

/** RFC 3339 to epoch seconds. Never is written as the year 1. */
export function parseInstant(value: string | null | undefined): number | undefined {
  const at = Date.parse(value ?? "");
  return Number.isFinite(at) && at > 0 ? at / 1_000 : undefined;
}
