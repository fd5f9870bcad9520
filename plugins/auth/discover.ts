import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** The logs of logins that it reads without being told. */
export const discover: readonly Trace<ConfigInput>[] = [
  { seen: "file", paths: ["/var/log/auth.log", "/var/log/secure", "/var/log/journal"], config: () => ({}) },
];
