import { CollectError } from "../sdk";

export interface Ufw {
  readonly active: boolean;
  /** incoming, outgoing and routed: allow, deny, reject or disabled. */
  readonly policies: readonly { readonly chain: string; readonly policy: string }[];
  readonly rules: number;
}

/** What `ufw status verbose` prints. @throws CollectError `parse` */
export function parseUfw(stdout: string): Ufw {
  const [, status] = /^Status: (\w+)$/m.exec(stdout) ?? [];
  if (status === undefined)
    throw new CollectError("parse", `ufw printed something else than its status: ${stdout.slice(0, 100)}`);
  const [, defaults = ""] = /^Default: (.*)$/m.exec(stdout) ?? [];
  const policies = [...defaults.matchAll(/(\w+) \((\w+)\)/g)].map(([, policy = "", chain = ""]) => ({ chain, policy }));
  const [, list = ""] = /^--\s[-\s]*\n([\s\S]*)$/m.exec(stdout) ?? [];
  const rules = list.split("\n").filter((line) => /\b(ALLOW|DENY|REJECT|LIMIT)\b/.test(line)).length;
  return { active: status === "active", policies, rules };
}
