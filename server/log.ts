import { type DestinationStream, type Logger, pino } from "pino";
import { sourceStack } from "./source-stack";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "child" | "fatal">;

/** Structured lines, on standard output unless somebody else takes them. Fields that carry secrets by name are masked, as a second net under `secret()`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ["password", "token", "secret", "authorization", "*.password", "*.token", "*.secret", "*.authorization"],
      censor: "***",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** As pino does it. */
function describeError(error: Error): unknown {
  const described = pino.stdSerializers.err(error);
  if (typeof described?.stack === "string") described.stack = sourceStack(described.stack);
  return described;
}
