import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** This machine's own controller. Those of others are on a network of their own, where nobody looks unasked. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    type: "other",
    paths: ["/dev/ipmi0", "/dev/ipmi/0", "/dev/ipmidev/0"],
    config: () => ({ protocol: "ipmi", interface: "open" }),
  },
];
