import { CollectError } from "../sdk";
import { type Amount, addAmount, type Chain, type Verdict } from "./ruleset";

interface Open {
  readonly name: string;
  readonly policy: Verdict | undefined;
  readonly filtersIncoming: boolean;
  rules: number;
  readonly amounts: Map<Verdict, Amount>;
}

const INCOMING = new Set(["INPUT", "FORWARD"]);
const CHAIN = /^:(\S+) (\S+) \[(\d+):(\d+)\]$/;
const RULE = /^\[(\d+):(\d+)\] -A (\S+)(?: (.*))?$/;

/**
 * What `iptables-save -c` prints, or ip6tables-save.
 *
 * @param family ip or ip6, for the chains' names
 * @throws CollectError `parse`
 */
export function parseIptables(text: string, family: "ip" | "ip6"): { chains: readonly Chain[]; fingerprint: string } {
  const chains = new Map<string, Open>();
  const kept: string[] = [];
  let table = "";
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#") || line === "COMMIT") continue;
    if (line.startsWith("*")) {
      table = line.slice(1);
      kept.push(`${family} ${table}`);
      continue;
    }
    if (!readChain(line, family, table, chains) && !readRule(line, `${family} ${table}`, chains))
      throw new CollectError("parse", `iptables-save printed something unknown: ${line.slice(0, 100)}`);
    kept.push(line.replace(/\[\d+:\d+\]/, ""));
  }
  return { chains: [...chains.values()], fingerprint: kept.join("\n") };
}

function readChain(line: string, family: string, table: string, chains: Map<string, Open>): boolean {
  const [whole, name = "", said = "", packets, bytes] = CHAIN.exec(line) ?? [];
  if (whole === undefined) return false;
  const policy = table === "filter" ? verdictOf(said) : undefined;
  const amounts = new Map<Verdict, Amount>();
  // What no rule decided, the policy did.
  if (policy) addAmount(amounts, policy, { packets: Number(packets), bytes: Number(bytes) });
  const full = `${family} ${table} ${name}`;
  const filtersIncoming = table === "filter" && INCOMING.has(name);
  chains.set(full, { name: full, policy, filtersIncoming, rules: 0, amounts });
  return true;
}

function readRule(line: string, prefix: string, chains: Map<string, Open>): boolean {
  const [whole, packets, bytes, name = "", rest = ""] = RULE.exec(line) ?? [];
  const chain = chains.get(`${prefix} ${name}`);
  if (whole === undefined || !chain) return false;
  chain.rules += 1;
  const verdict = verdictOf(targetOf(rest));
  if (verdict) addAmount(chain.amounts, verdict, { packets: Number(packets), bytes: Number(bytes) });
  return true;
}

/** The word after -j. A comment in quotation marks may hold another. */
function targetOf(rule: string): string {
  const words: readonly string[] = rule.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const at = words.indexOf("-j");
  return at < 0 ? "" : (words[at + 1] ?? "");
}

function verdictOf(word: string): Verdict | undefined {
  switch (word) {
    case "ACCEPT":
      return "accept";
    case "DROP":
      return "drop";
    case "REJECT":
      return "reject";
    default:
      return undefined;
  }
}
