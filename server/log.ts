import { type Logger, pino } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "child" | "fatal">;

/** Structured lines on standard output. Fields that carry secrets by name are masked, as a second net under `secret()`. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["password", "token", "secret", "authorization", "*.password", "*.token", "*.secret", "*.authorization"],
      censor: "***",
    },
  });
}
