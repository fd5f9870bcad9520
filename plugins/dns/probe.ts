import { type CollectContext, CollectError, type Report } from "../sdk";
import { type Config, hostPortOf, probePlaceOf } from "./config";
import type { metrics } from "./metrics";
import type { Answered, AskDns } from "./open-dns";

export interface Probed {
  readonly name: string;
  readonly answered: Answered | undefined;
  /** What went wrong, in words; "" when all is well. */
  readonly problem: string;
  readonly failure: CollectError | undefined;
}

/** Asks for every name at once and reports each. Never throws for a server that does not answer. */
export async function probeNames(
  context: CollectContext<Config>,
  ask: AskDns,
  report: Report<typeof metrics>,
): Promise<Probed[]> {
  // One listed twice would be one series reported twice.
  const names = [...new Set(context.config.probeNames.map((name) => name.toLowerCase()))];
  return Promise.all(
    names.map(async (name) => {
      const probed = await probeName(context, ask, name);
      report("dns_probe_success", probed.problem === "" ? 1 : 0, { name });
      if (probed.answered) report("dns_probe_duration_seconds", probed.answered.seconds, { name });
      return probed;
    }),
  );
}

async function probeName(context: CollectContext<Config>, ask: AskDns, name: string): Promise<Probed> {
  const { probeType, probeExpect } = context.config;
  try {
    const answered = await ask({ ...probePlaceOf(context.config), name, type: probeType, class: "IN" });
    return { name, answered, problem: findProblem(answered, probeType, probeExpect), failure: undefined };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return { name, answered: undefined, problem: error.message, failure: error };
  }
}

function findProblem({ rcode, answers }: Answered, type: string, expected: string | undefined): string {
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") return `The server answered ${rcode || "with an unknown code"}.`;
  if (expected === undefined) return "";
  const wanted = plain(expected);
  const found = answers.map(plain).some((text) => (type === "TXT" ? text.includes(wanted) : text === wanted));
  return found ? "" : `${expected} is not among the answers.`;
}

const plain = (text: string) => text.toLowerCase().replace(/\.$/, "");

/** For a server that is only asked for names: when none was answered, the run has failed. */
export function requireAnswer(settings: Config, probed: readonly Probed[]): void {
  const [first] = probed;
  if (first?.failure === undefined || probed.some(({ answered }) => answered)) return;
  const { reason, message, hint } = first.failure;
  throw new CollectError(reason, message, {
    hint:
      hint ?? `Check that a DNS server listens on ${hostPortOf(probePlaceOf(settings))} and takes questions from here.`,
    cause: first.failure,
  });
}
