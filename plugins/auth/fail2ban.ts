import { type CollectContext, CollectError, type ExecAnswer, toLabel } from "../sdk";
import type { Config } from "./config";

export interface Jail {
  readonly name: string;
  readonly bannedNow: number | undefined;
  readonly bannedTotal: number | undefined;
  readonly failedNow: number | undefined;
  readonly addresses: readonly string[];
}

const ASK_MS = 4_000;
/** Each costs a start of Python, a tenth of a second. */
const MAX_JAILS = 30;

/** Jails of fail2ban, by its client: the socket speaks Python's pickle. Empty when it is not here, and need not be. */
export async function readJails(context: CollectContext<Config>): Promise<Jail[]> {
  const { fail2ban, fail2banSocket } = context.config;
  if (fail2ban === "off") return [];
  if (fail2ban === "auto" && !(await isThere(context, fail2banSocket))) return [];
  const names = parseJailList(await ask(context, ["status"]));
  const jails: Jail[] = [];
  for (const name of names.slice(0, MAX_JAILS)) jails.push(parseJail(name, await ask(context, ["status", name])));
  return jails;
}

async function isThere(context: CollectContext<Config>, path: string): Promise<boolean> {
  try {
    await context.stat(path);
    return true;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return error.reason !== "not_found";
  }
}

async function ask({ exec, config }: CollectContext<Config>, words: readonly string[]): Promise<string> {
  const answer = await exec("fail2ban-client", ["-s", config.fail2banSocket, ...words], {
    ...{ package: "fail2ban", timeoutMs: ASK_MS, sudo: config.useSudo },
  });
  if (answer.code !== 0) throw refusal(answer, config.fail2banSocket);
  return answer.stdout;
}

function refusal({ code, stdout, stderr }: ExecAnswer, socket: string): CollectError {
  const said = `${stderr}\n${stdout}`;
  if (/permission denied|must be root/i.test(said))
    return new CollectError("permission", `fail2ban's socket ${socket} may not be used by the user Unity runs as.`, {
      hint: "Switch on Use sudo and add the line of the plugin's page to sudoers.",
    });
  if (/failed to access socket|is fail2ban running|connection refused/i.test(said))
    return new CollectError("unreachable", `fail2ban does not answer at ${socket}.`, {
      hint: "Start it (systemctl start fail2ban), or switch fail2ban off in the settings.",
    });
  const line = said.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
  return new CollectError("protocol", `fail2ban-client ended with exit code ${code}: ${line}`);
}

/** The line `Jail list: sshd, nginx-http-auth` of `status`. Jails that begin with a dash would be options. */
function parseJailList(text: string): string[] {
  const [whole, list = ""] = /Jail list:[ \t]*(.*)/.exec(text) ?? [];
  if (whole === undefined) throw new CollectError("parse", "fail2ban-client printed no list of jails.");
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("-"));
}

/** The tree of `status JAIL`: a name, a colon and a tab before each value. */
function parseJail(name: string, text: string): Jail {
  const numberAt = (title: string) => {
    const [, digits] = new RegExp(`${title}:\\s+(\\d+)`).exec(text) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const [, list = ""] = /Banned IP list:[ \t]*(.*)/.exec(text) ?? [];
  return {
    name: toLabel(name),
    bannedNow: numberAt("Currently banned"),
    bannedTotal: numberAt("Total banned"),
    failedNow: numberAt("Currently failed"),
    addresses: list.split(/\s+/).filter((address) => address !== ""),
  };
}
