import { CollectError, toLabel } from "../sdk";
import type { Context, Reporter } from "./parts";
import { type Meaning, toolFailure } from "./tool-failure";

const MEANINGS: readonly Meaning[] = [
  [/permission denied/i, "permission", "doveadm asks Dovecot's anvil socket, which is root's: use sudo."],
  [
    /no such file|connection refused|master process/i,
    "unreachable",
    "Check that Dovecot runs: doveadm service status.",
  ],
  [/error in configuration file|can't open configuration/i, "not_found", "Check the path of Dovecot's configuration."],
];

/** Always told, so that a line falls when the last one leaves. */
const USUAL = ["imap", "pop3"];

/** `doveadm who`, tab separated with a line of titles: user, number of sessions, protocol, processes, addresses. */
export async function collectSessions({ exec, config }: Context, report: Reporter): Promise<void> {
  const file = config.dovecotConfig === undefined ? [] : ["-c", config.dovecotConfig];
  const answer = await exec("doveadm", [...file, "-f", "tab", "who"], {
    sudo: config.useSudo,
    package: "dovecot-core",
  });
  if (answer.code !== 0) throw toolFailure("doveadm", answer, MEANINGS);
  const sessions = new Map<string, number>(USUAL.map((protocol) => [protocol, 0]));
  const [titles = "", ...rows] = answer.stdout.split("\n").filter((line) => line !== "");
  const columns = titles.split("\t");
  const [number, protocol] = [columns.indexOf("#"), columns.indexOf("proto")];
  if (titles !== "" && (number < 0 || protocol < 0))
    throw new CollectError("parse", "doveadm who answered in an unknown shape.");
  for (const row of rows) {
    const cells = row.split("\t");
    const name = cells[protocol] ?? "";
    sessions.set(name, (sessions.get(name) ?? 0) + (Number(cells[number]) || 0));
  }
  for (const [name, count] of sessions) report("mail_sessions", count, { protocol: toLabel(name) });
}
