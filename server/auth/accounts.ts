import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import type { Secrets } from "../vault/secret-reader";
import type { AuditLog } from "./audit-log";
import { openAuthSecret } from "./auth-secret";
import type { OidcProvider } from "./better-auth";
import { createFirstRun, type FirstRun } from "./first-run";
import { createIdentify, type Identify } from "./identify";
import { createLateAuth } from "./late-auth";
import { noteRole } from "./note-role";
import { createPeople, type People } from "./people";
import { createSessions, type Sessions } from "./sessions";
import { createSignInLimits, type SignInLimits } from "./sign-in-limits";
import { openTokenBook, type TokenBook } from "./token-book";
import type { Role } from "./visitor";

/** What is set about who may come in, `docs/accounts.md`. */
export interface AccountSettings {
  readonly oidc: OidcProvider | undefined;
  /** The role of somebody whom a proxy names for the first time; null: only whom an admin added may come. */
  readonly proxyNewcomers: Role | null;
}

/** Who there is, who asks, and how somebody gets in. */
export interface Accounts {
  readonly identify: Identify;
  readonly people: People;
  readonly sessions: Sessions;
  readonly tokens: TokenBook;
  readonly firstRun: FirstRun;
  readonly limits: SignInLimits;
  /** What its button says; undefined: there is none. */
  readonly providerName: string | undefined;
  /** better-auth's own answer; whoever calls it looked at `ENDPOINTS` before. */
  answer(request: Request): Promise<Response>;
  /** Somebody's rights, or who is signed in, changed: here, or in another process. */
  reload(): void;
  /** Here it did: everybody is told. */
  changed(): void;
  /** Called after each such change. @returns stops that */
  watch(listener: () => void): () => void;
  /** Writes what is still to be written. Never throws. */
  close(): Promise<void>;
}

interface Parts {
  readonly connection: Connection;
  readonly secrets: Secrets;
  readonly settings: AccountSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** Of roles that a provider changes; a command that lets nobody in needs none. */
  readonly audit?: Pick<AuditLog, "record">;
  /** Other processes look at people and sessions anew. */
  tell(): void;
}

export const NO_ACCOUNT_SETTINGS: AccountSettings = { oidc: undefined, proxyNewcomers: null };

export async function openAccounts(parts: Parts): Promise<Accounts> {
  const { connection, settings, clock, log, tell } = parts;
  const secret = await openAuthSecret(connection, parts.secrets);
  const listeners = new Set<() => void>();
  const auth = createLateAuth({
    connection,
    secret,
    oidc: settings.oidc,
    log,
    async admit(id, role) {
      if (role) noteRole(parts, await people.takeRole(id, role));
      return !(await people.require(id)).disabled;
    },
    isLastAdmin: (id) => people.isLastAdmin(id),
  });
  const people = createPeople({ connection, clock, hash, changed });
  const tokens = await openTokenBook(connection, { clock, log, changed });
  const identify = createIdentify({
    connection,
    secret,
    goOn: async (headers) => {
      const { api } = await auth.main();
      return (await api.getSession({ headers, returnHeaders: true })).headers?.getSetCookie() ?? [];
    },
    people,
    clock,
    proxyNewcomers: settings.proxyNewcomers,
    findToken: (token, address) => tokens.find(token, { address, now: clock.now() }),
  });

  async function hash(text: string): Promise<string> {
    const { password } = await (await auth.main()).$context;
    return password.hash(text);
  }
  function reload(): void {
    identify.forget();
    void tokens.reload();
    for (const listener of listeners) listener();
  }
  function changed(): void {
    reload();
    tell();
  }

  return {
    identify,
    people,
    sessions: createSessions({ connection, clock, changed }),
    tokens,
    firstRun: createFirstRun(people, secret),
    limits: createSignInLimits(clock),
    providerName: settings.oidc?.name,
    answer: auth.answer,
    reload,
    changed,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: tokens.close,
  };
}
