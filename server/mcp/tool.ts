import { z } from "zod";
import type { appRouter } from "../trpc/router";

/** The procedures, as whoever asks may call them. */
export type Caller = ReturnType<typeof appRouter.createCaller>;

/** One thing that an assistant can ask for or do. It goes through the procedures: what its caller may not, it may not. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For a model that chooses among them. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** It changes something: offered only where that is allowed. */
  readonly acts?: true;
  /** What the audit log says it was about: an id, never words. */
  readonly about?: (input: Readonly<Record<string, unknown>>) => unknown;
  /** A text is handed on as it is, anything else as JSON. */
  run(caller: Caller, input: never, now: number): Promise<unknown>;
}

/** Gives a tool the type of its own input while it is written. */
export const defineTool = <S extends z.ZodObject>(
  one: Omit<Tool, "input" | "run"> & {
    readonly input: S;
    run(caller: Caller, input: z.output<S>, now: number): Promise<unknown>;
  },
): Tool => one as unknown as Tool;

export const HOUR_MS = 3_600_000;
export const id = (of: string) => z.string().min(1).max(200).describe(`Id of ${of}.`);
const instant = z.iso.datetime({ offset: true }).describe('An instant as "2026-11-24T14:00:00Z".');
export const Window = {
  from: instant.optional().describe("Beginning, ISO 8601. A day before the end when left out."),
  to: instant.optional().describe("End, ISO 8601. Now when left out."),
};
export const limit = (most: number, usual: number) =>
  z.number().int().min(1).max(most).default(usual).describe(`At most so many, up to ${most}.`);

/** Epoch milliseconds. */
export function windowOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: number) {
  const end = to === undefined ? now : Date.parse(to);
  return { from: from === undefined ? end - 24 * HOUR_MS : Date.parse(from), to: end };
}
