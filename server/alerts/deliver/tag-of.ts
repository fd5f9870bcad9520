import { createHash } from "node:crypto";

/** A short name for a group that is the same each time, of letters and digits: what services take as a key or topic. */
export const tagOf = (groupKey: string) => createHash("sha256").update(groupKey).digest("hex").slice(0, 32);
