import { existsSync } from "node:fs";

/** A container, or a machine of a CI. Elsewhere servers that are installed start with the machine: that wants to be asked for. */
export const isDisposable = () => Boolean(process.env.CI) || !existsSync("/run/systemd/system");
