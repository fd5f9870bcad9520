import { z } from "zod";
import { CollectError } from "../sdk";
import { type Amount, addAmount, type Chain, type Ruleset, type Verdict } from "./ruleset";

/** `nft -j list ruleset`, libnftables-json(5). What is not read here may have any shape. */
const Numbers = z.object({ packets: z.number(), bytes: z.number() });
const Expression = z.looseObject({
  counter: z.union([Numbers, z.string(), z.null(), z.looseObject({})]).optional(),
});
const Entry = z.looseObject({
  metainfo: z.looseObject({ version: z.string().default("") }).optional(),
  chain: z
    .looseObject({
      family: z.string(),
      table: z.string(),
      name: z.string(),
      type: z.string().optional(),
      hook: z.string().optional(),
      policy: z.string().optional(),
    })
    .optional(),
  rule: z
    .looseObject({ family: z.string(), table: z.string(), chain: z.string(), expr: z.array(Expression).default([]) })
    .optional(),
  counter: z.looseObject({ family: z.string(), table: z.string(), name: z.string(), ...Numbers.shape }).optional(),
});
const Listing = z.object({ nftables: z.array(Entry) });
type Listing = z.output<typeof Listing>;

/** Hooks that packets of others come through. */
const INCOMING = new Set(["input", "forward", "prerouting", "ingress"]);

/** @throws CollectError `parse` */
export function parseNft(stdout: string): Ruleset {
  const { nftables } = parse(stdout);
  const rules = new Map<string, { count: number; amounts: Map<Verdict, Amount> }>();
  for (const { rule } of nftables) {
    if (!rule) continue;
    const name = `${rule.family} ${rule.table} ${rule.chain}`;
    const known = rules.get(name) ?? { count: 0, amounts: new Map<Verdict, Amount>() };
    rules.set(name, known);
    known.count += 1;
    const verdict = verdictOf(rule.expr);
    const amount = rule.expr.map(({ counter }) => Numbers.safeParse(counter)).find(({ success }) => success)?.data;
    if (verdict && amount) addAmount(known.amounts, verdict, amount);
  }
  const chains = nftables.flatMap(({ chain }): Chain[] => {
    if (!chain) return [];
    const name = `${chain.family} ${chain.table} ${chain.name}`;
    const { count = 0, amounts = new Map<Verdict, Amount>() } = rules.get(name) ?? {};
    const isFilter = chain.type === "filter";
    return [
      {
        name,
        policy: isFilter && chain.policy === "drop" ? "drop" : isFilter && chain.policy ? "accept" : undefined,
        filtersIncoming: isFilter && INCOMING.has(chain.hook ?? ""),
        rules: count,
        amounts,
      },
    ];
  });
  return {
    tool: "nftables",
    version: nftables.find(({ metainfo }) => metainfo)?.metainfo?.version ?? "",
    chains,
    counters: nftables.flatMap(({ counter }) =>
      counter ? [{ name: `${counter.table} ${counter.name}`, packets: counter.packets, bytes: counter.bytes }] : [],
    ),
    fingerprint: fingerprintOf(nftables),
  };
}

function parse(stdout: string): Listing {
  try {
    return Listing.parse(JSON.parse(stdout));
  } catch (error) {
    throw new CollectError("parse", `nft printed something else than its rules: ${stdout.slice(0, 100)}`, {
      cause: error,
    });
  }
}

/** What a rule does in the end. A jump decides nothing itself. */
function verdictOf(expressions: readonly z.output<typeof Expression>[]): Verdict | undefined {
  for (const expression of expressions) {
    if ("drop" in expression) return "drop";
    if ("reject" in expression) return "reject";
    if ("accept" in expression) return "accept";
  }
  return undefined;
}

/** Numbers that packets change, and handles, which are given anew at each start, are left out. */
function fingerprintOf(nftables: Listing["nftables"]): string {
  const parts = nftables.filter((entry) => !entry.metainfo && !("element" in entry));
  return JSON.stringify(parts, (key, value: unknown) =>
    ["handle", "packets", "bytes", "elem", "used"].includes(key) ? undefined : value,
  );
}
