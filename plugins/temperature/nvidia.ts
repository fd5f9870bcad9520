import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { isDue } from "./due";
import { type Card, NVIDIA_FIELDS, parseCards } from "./parse-nvidia";
import { listOptional, type Problem, readOptional } from "./read-optional";

type Context = CollectContext<Config>;

/** nvidia-smi takes a tenth of a second, and seconds where the driver must be loaded. Seconds. */
const CARD_SECONDS = 60;
/** After it hung or failed. Seconds. */
const FAILED_SECONDS = 300;
const TIMEOUT_MS = 5_000;

interface Told {
  readonly cards: readonly Card[];
  readonly problems: readonly Problem[];
}
const NOTHING: Told = { cards: [], problems: [] };

/** NVIDIA's driver tells the kernel nothing; its tool does. Between two questions the last answer is said again. */
export async function readCards(context: Context): Promise<Told> {
  const { nvidiaSmi } = context.config;
  if (nvidiaSmi === "off" || (nvidiaSmi === "auto" && !(await isAwake(context)))) return NOTHING;
  const last = context.memory.recall<Told>("cards");
  const seconds = last && last.value.problems.length > 0 ? FAILED_SECONDS : CARD_SECONDS;
  if (last && !isDue(context.now, last.at, seconds)) return last.value;
  const told = await askCards(context);
  context.memory.keep("cards", told);
  return told;
}

/** True when the driver has a card that does not sleep: the tool would wake it, and a laptop's battery pays. */
async function isAwake(context: Context): Promise<boolean> {
  const folder = `${context.config.sysRoot}/bus/pci/drivers/nvidia`;
  const cards = (await listOptional(context, [], folder)).filter((name) => /^[0-9a-f]{4,8}:/.test(name));
  for (const card of cards) {
    const status = await readOptional(context, [], `${folder}/${card}/power/runtime_status`);
    if (status?.trim() !== "suspended") return true;
  }
  return false;
}

async function askCards(context: Context): Promise<Told> {
  const args = [`--query-gpu=${NVIDIA_FIELDS}`, "--format=csv,noheader,nounits"];
  try {
    const answer = await context.exec("nvidia-smi", args, { timeoutMs: TIMEOUT_MS, package: "nvidia-smi" });
    if (answer.code !== 0) {
      // It complains on either stream.
      const why =
        `${answer.stdout}\n${answer.stderr}`.trim().split("\n")[0]?.slice(0, 200) || `exit code ${answer.code}`;
      return { cards: [], problems: [{ reason: "unreachable", message: `nvidia-smi: ${why}` }] };
    }
    const { cards, malformed } = parseCards(answer.stdout);
    const message = `nvidia-smi printed ${malformed} lines that make no sense.`;
    return { cards, problems: malformed > 0 ? [{ reason: "parse", message }] : [] };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    // A container may see the card without having the tool; asked for, it must be there.
    if (error.reason === "missing_tool" && context.config.nvidiaSmi === "auto") return NOTHING;
    return { cards: [], problems: [{ reason: error.reason, message: error.message }] };
  }
}
