import { type Accounts, NO_ACCOUNT_SETTINGS, openAccounts } from "./auth/accounts";
import { type AuditLog, openAuditLog } from "./auth/audit-log";
import { COMMAND } from "./auth/visitor";
import { systemClock } from "./clock";
import { type Env, readEnv } from "./env";
import { UnityError } from "./errors";
import { createLog } from "./log";
import { WrongUse } from "./move/command";
import { openAlone } from "./open-alone";
import { openVault } from "./vault/open-vault";
import { createSecretReader } from "./vault/secret-reader";

export const PEOPLE_USAGE = `unity people list             who may sign in
unity people password NAME    a new password, from standard input. Stop Unity before
unity people unlock NAME      without second factor and passkeys, which are lost. Stop Unity before
`;

interface Surroundings {
  readonly env: Record<string, string | undefined>;
  readonly screen: { write(text: string): unknown };
  /** What is typed, or piped in. */
  readonly input: AsyncIterable<string | Buffer>;
}

/** Lets somebody in again who is at the machine. @throws WrongUse; Error that says what to do */
export async function runPeople(args: readonly string[], { env, screen, input }: Surroundings): Promise<void> {
  const [command = "", name, ...more] = args;
  if (!["list", "password", "unlock"].includes(command))
    throw new WrongUse(command ? `There is no "unity people ${command}".` : "What shall be done with people?");
  if (more.length > 0 || (command === "list" && name)) throw new WrongUse(`"${more[0] ?? name}" is one word too many.`);
  if (command !== "list" && !name) throw new WrongUse("Whose? `unity people list` shows the names.");
  const known = readEnv(env);
  const say = (line: string) => void screen.write(`${line}\n`);
  const { accounts, audit, close } = await open(known, command === "list");
  try {
    if (command === "list") await list(accounts, say);
    else await change({ ...accounts, audit }, { command, name: name ?? "", input, say });
  } finally {
    await close();
  }
}

async function open(env: Env, mayBeUsed: boolean) {
  const { connection, close } = await openAlone(env, { mayBeUsed });
  try {
    const log = createLog("error");
    const vault = await openVault(connection, env.keys, { shown: env.database.shown, log });
    const secrets = {
      ...vault,
      ...createSecretReader({ vault, env: process.env, folder: env.secretsFolder, keyFiles: [] }),
    };
    const parts = { connection, secrets, settings: NO_ACCOUNT_SETTINGS, clock: systemClock, log };
    const accounts = await openAccounts({ ...parts, tell: () => {} });
    const audit = openAuditLog(connection, { clock: systemClock, log });
    return {
      accounts,
      audit,
      async close() {
        await accounts.close();
        await audit.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function list({ people }: Accounts, say: (line: string) => void): Promise<void> {
  const all = await people.list();
  if (all.length === 0) say("Nobody yet: open Unity, and its page makes the first admin.");
  for (const { username, name, role, disabled, twoFactor, ways } of all)
    say(
      [username ?? "-", role, name, ways.join("+"), twoFactor ? "second factor" : "", disabled ? "switched off" : ""]
        .filter(Boolean)
        .join("  "),
    );
}

interface Change {
  readonly command: string;
  readonly name: string;
  readonly input: Surroundings["input"];
  say(line: string): void;
}

async function change(
  { people, audit }: Pick<Accounts, "people"> & { readonly audit: AuditLog },
  { command, name, input, say }: Change,
): Promise<void> {
  const person = await people.findByUsername(name);
  if (!person)
    throw new UnityError("not_found", `Nobody signs in as "${name}". \`unity people list\` shows the names.`);
  const note = (action: string) => audit.record({ who: COMMAND, action, outcome: "done", subject: person });
  if (command === "unlock") {
    await people.resetFactors(person.id);
    note("people.resetFactors");
    say(`${person.name} signs in with the password alone now, and is signed out everywhere.`);
    return;
  }
  say("The new password, and Enter:");
  await people.setPassword(person.id, await readLine(input));
  note("people.setPassword");
  say(`${person.name} has a new password, and is signed out everywhere.`);
}

async function readLine(input: Surroundings["input"]): Promise<string> {
  let text = "";
  for await (const piece of input) {
    text += piece.toString();
    if (text.includes("\n")) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? "";
}
