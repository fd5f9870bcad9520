import { type CollectContext, CollectError, type ExecAnswer, printable, type Reason } from "../sdk";
import { type Config, isLocal, placeOf, portOf } from "./config";

/** `address`: of the BMC, looked up once for all that is asked. */
export type Context = CollectContext<Config> & { readonly address: string };

/** A slow board needs this long for its list of sensors. */
const TIMEOUT_MS = 30_000;

/** What it says about every board, and what nobody needs. */
const NOISE = /^(Unable to Get Channel Cipher Suites|Get HPM\.x Capabilities .*)$\n?/gm;

/** Some boards do not say which suites they have. ipmitool then waits for seconds and takes this one. */
const NO_SUITES = /^Unable to Get Channel Cipher Suites/m;
const FALLBACK_SUITE = "3";

const MEANINGS: readonly (readonly [words: RegExp, reason: Reason, hint?: string])[] = [
  [
    /invalid authentication algorithm|no matching cipher|cipher suite .*(not|un)/i,
    "protocol",
    "Choose another cipher suite: 3 for older boards, 17 for newer.",
  ],
  [
    /insufficient resources|no .*session slot/i,
    "rate_limited",
    "All of the BMC's sessions are taken; they end by themselves within minutes.",
  ],
  [/privilege level/i, "permission", "Give the user that privilege, or choose a lower one."],
  // Somebody answered a moment ago, so it is the login.
  [/unable to establish|rakp|hmac|unauthorized name|activate session/i, "auth"],
  [/could not open device.*permission denied/i, "permission"],
  [/could not open device/i, "not_found"],
  [/address lookup/i, "dns"],
  [/timed? ?out|timeout/i, "timeout"],
];

/** Runs one command on the BMC. @throws CollectError when it fails */
export async function askBmc(context: Context, command: readonly string[], timeoutMs?: number): Promise<string> {
  const answer = await tryBmc(context, command, timeoutMs);
  if (answer.code !== 0) throw failureOf(context, answer);
  return answer.stdout;
}

/** The same, where its exit code is an answer too: not every board knows every command. */
export async function tryBmc(
  context: Context,
  command: readonly string[],
  timeoutMs = TIMEOUT_MS,
): Promise<ExecAnswer> {
  const { password, kgKey } = context.config;
  const env = {
    ...(password === undefined ? {} : { IPMI_PASSWORD: password }),
    ...(kgKey === undefined ? {} : { IPMI_KGKEY: kgKey }),
  };
  const args = [...wayIn(context), ...command];
  const answer = await context.exec("ipmitool", args, { env, timeoutMs, package: "ipmitool" });
  if (answer.code === 0 && NO_SUITES.test(answer.stderr)) context.memory.keep("suite", FALLBACK_SUITE);
  return answer;
}

/** Passwords and keys are in the environment: arguments can be read by every user of the machine. */
function wayIn({ config, memory, address }: Context): string[] {
  if (isLocal(config)) return ["-I", "open"];
  const { interface: way, username, password, kgKey, cipherSuite, privilege } = config;
  const suite = cipherSuite === "auto" ? memory.recall<string>("suite")?.value : cipherSuite;
  return [
    ...["-I", way, "-H", address, "-p", String(portOf(config))],
    // Two seconds, twice: with its own numbers a dead board takes half a minute.
    ...["-N", "2", "-R", "2"],
    ...(username === undefined ? [] : ["-U", username]),
    ...(password === undefined ? [] : ["-E"]),
    ...(kgKey === undefined ? [] : ["-K"]),
    ...(suite === undefined || way !== "lanplus" ? [] : ["-C", suite]),
    ...["-L", privilege],
  ];
}

export function failureOf({ config }: Context, { code, stderr, stdout }: ExecAnswer): CollectError {
  const said = `${stderr}\n${stdout}`.replace(NOISE, "").trim();
  const [, reason, hint] = MEANINGS.find(([words]) => words.test(said)) ?? [undefined, "protocol" as const];
  const words = said === "" ? `ipmitool ended with ${code}` : printable(said.replace(/\s*\n\s*/g, " ").slice(0, 300));
  return new CollectError(reason, `${placeOf(config)}: ${words}`, { hint });
}
