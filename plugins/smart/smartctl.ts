import { type CollectContext, CollectError, type ExecAnswer, printable, type Reason } from "../sdk";
import { Answer, Scan } from "./answer";
import { type Asked, type Config, isAskable } from "./config";
import { modelOf } from "./identity";

type Context = CollectContext<Config>;

/** A disk that must spin up first, or that retries, takes this long; one that hangs must not hold up the others. */
const TIMEOUT_MS = 30_000;

/** Bits of the exit status. The others speak of the disk's health, and leave the answer whole. smartctl(8). */
const COMMAND_LINE = 1;
const NOT_OPENED = 2;

/** Disks that smartctl finds by itself, each with the type by which it must be asked. */
export async function scanDisks(context: Context): Promise<Asked[]> {
  const answer = await run(context, ["--scan-open", "-j"]);
  const parsed = Scan.safeParse(parseJson(answer));
  if (!parsed.success) throw unreadable("its list of disks");
  const { smartctl, devices = [] } = parsed.data;
  if (((smartctl.exit_status ?? answer.code) & COMMAND_LINE) !== 0 && devices.length === 0)
    throw failureOf(smartctl.messages, "smartctl --scan-open");
  return devices.map(({ name, type }) => ({ path: name, type })).filter(isAskable);
}

export type Asking = { readonly standby: boolean; readonly exitStatus: number; readonly answer: Answer };

/** Everything one disk tells. @throws CollectError when it cannot be opened or does not tell who it is */
export async function askDisk(context: Context, { path, type }: Asked): Promise<Asking> {
  const awake = context.config.skipStandby ? ["-n", "standby"] : [];
  const said = await run(context, ["-j", "-x", ...awake, ...(type === undefined ? [] : ["-d", type]), path]);
  const parsed = Answer.safeParse(parseJson(said));
  if (!parsed.success) throw unreadable(path);
  const answer = parsed.data;
  const exitStatus = answer.smartctl.exit_status ?? said.code;
  const messages = answer.smartctl.messages ?? [];
  const standby =
    (exitStatus & NOT_OPENED) !== 0 && messages.some(({ string }) => /^Device is in .* mode/.test(string));
  if (standby) return { standby, exitStatus, answer };
  const isWhole = (exitStatus & (COMMAND_LINE | NOT_OPENED)) === 0 || modelOf(answer) !== "";
  if (!isWhole) throw failureOf(messages, path);
  return { standby, exitStatus, answer };
}

function run(context: Context, args: readonly string[]): Promise<ExecAnswer> {
  const { useSudo: sudo } = context.config;
  return context.exec("smartctl", args, { timeoutMs: TIMEOUT_MS, sudo, package: "smartmontools" });
}

function parseJson({ stdout, stderr }: ExecAnswer): unknown {
  try {
    return JSON.parse(stdout);
  } catch (error) {
    if (/UNRECOGNIZED OPTION|invalid option/i.test(stdout + stderr))
      throw new CollectError("unsupported_version", "This smartctl does not print JSON.", {
        hint: "Install smartmontools 7.0 or later.",
        cause: error,
      });
    const [line = ""] = `${stderr}\n${stdout}`.trim().split("\n");
    throw new CollectError("parse", `smartctl printed no JSON: ${printable(line.slice(0, 200))}`, { cause: error });
  }
}

const unreadable = (what: string) => new CollectError("parse", `smartctl told of ${what} in an unknown shape.`);

/** What its words mean. They are not translated. */
const MEANINGS: readonly (readonly [words: RegExp, reason: Reason, hint?: string])[] = [
  [/permission denied|operation not permitted|must be root/i, "permission"],
  [/no such (file|device)|not found|does not exist/i, "not_found", "Check the path: smartctl --scan lists the disks."],
  [
    /unable to detect device type|unknown usb bridge|specify device type/i,
    "protocol",
    "smartctl does not know how to ask it. Name the type: sat for most USB cases, megaraid,N behind a controller.",
  ],
  [/input\/output error|no such device or address|timeout/i, "unreachable", "The disk does not answer: look at dmesg."],
];

function failureOf(messages: readonly { string: string }[] | undefined, what: string): CollectError {
  const said = (messages ?? []).map(({ string }) => string).join(" ");
  const [, reason, hint] = MEANINGS.find(([words]) => words.test(said)) ?? [undefined, "protocol" as const];
  const words = said === "" ? "smartctl could not read it" : printable(said.slice(0, 300));
  return new CollectError(reason, words.startsWith(what) ? words : `${what}: ${words}`, { hint });
}
