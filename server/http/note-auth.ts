import type { Visitor } from "../auth/visitor";
import type { Unity } from "../unity";

/** What the audit log calls a deed at these doors. What only looks, or begins something, is none. */
const DEEDS: Readonly<Record<string, string | undefined>> = {
  "/sign-in/username": "sign-in",
  "/two-factor/verify-totp": "sign-in.code",
  "/two-factor/verify-backup-code": "sign-in.recovery-code",
  "/passkey/verify-authentication": "sign-in.passkey",
  "/callback/oidc": "sign-in.provider",
  "/sign-out": "sign-out",
  "/change-password": "account.password",
  "/two-factor/enable": "account.two-factor.begin",
  "/two-factor/disable": "account.two-factor.off",
  "/two-factor/generate-backup-codes": "account.recovery-codes",
  "/passkey/verify-registration": "account.passkey.add",
  "/passkey/update-passkey": "account.passkey.rename",
  "/passkey/delete-passkey": "account.passkey.remove",
};

interface Asked {
  readonly name: string;
  readonly visitor: Visitor;
  /** Whom somebody says to be. */
  readonly guessed: string;
}

/** Writes down who came in, who did not, and what was changed about how somebody proves it. */
export async function noteAuth(
  { audit, accounts }: Pick<Unity, "audit" | "accounts">,
  { name, visitor, guessed }: Asked,
  answered: Response,
): Promise<void> {
  const action = DEEDS[name];
  if (!action || (name === "/sign-out" && visitor.userId === null)) return;
  const cookie = answered.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0] ?? "")
    .find((one) => /^unity\.session_token=./.test(one));
  // Whoever was let in a moment ago, by the cookie that says so.
  const entered = cookie ? (await accounts.identify({ cookie })).visitor : undefined;
  const who = visitor.userId === null && entered?.userId ? { ...entered, address: visitor.address } : visitor;
  const isDone = name === "/callback/oidc" ? who.userId !== null : answered.ok;
  const body: unknown = isDone
    ? undefined
    : await answered
        .clone()
        .json()
        .catch(() => undefined);
  const code: unknown = typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
  const half = name === "/sign-in/username" && isDone && who.userId === null;
  const write = (known: string | null) =>
    audit.record({
      who,
      action,
      outcome: isDone ? "done" : "refused",
      subject: { id: who.userId, name: who.name ?? known },
      details: {
        ...(isDone ? {} : { reason: typeof code === "string" ? code : `answered ${answered.status}` }),
        ...(half ? { facts: { "second factor": "asked for" } } : {}),
      },
    });
  if (isDone || guessed === "") write(guessed || null);
  // At the side: how long the answer takes must not tell who has an account.
  else void findName(accounts, guessed).then(write);
}

/** What was typed as a name, where it is somebody's: people type their password there, too. */
async function findName({ people }: Pick<Unity["accounts"], "people">, typed: string): Promise<string | null> {
  try {
    return (await people.findByUsername(typed))?.username ?? null;
  } catch {
    // The database is away: it is written without a name.
    return null;
  }
}
