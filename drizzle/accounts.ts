import type { Vocabulary } from "./dialects/postgres";

/** Who may come in: people, how they prove it, and what was done. The first six are better-auth's models, with its field names. */
export function defineAccounts(d: Vocabulary) {
  /** People. */
  const users = d.table(
    "users",
    {
      id: d.id().primaryKey(),
      /** Shown; what is typed at the sign-in is `username`. */
      name: d.key().notNull(),
      /** Without one, an address that cannot exist: better-auth wants one of everybody. */
      email: d.key().notNull(),
      emailVerified: d.bool().notNull().default(false),
      image: d.text(),
      /** In small letters; null for those who only come from elsewhere. */
      username: d.key(),
      displayUsername: d.key(),
      twoFactorEnabled: d.bool().notNull().default(false),
      role: d.oneOf(["admin", "editor", "viewer"]).notNull().default("viewer"),
      /** A viewer sees only instances with one of these; null: all. */
      tags: d.json<string[]>(),
      disabled: d.bool().notNull().default(false),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.unique("users_email").on(t.email), d.unique("users_username").on(t.username)],
  );
  const userId = () =>
    d
      .id()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" });

  /** What a person proves it by: a password here, or an identity at a provider. */
  const accounts = d.table(
    "accounts",
    {
      id: d.id().primaryKey(),
      userId: userId(),
      providerId: d.key().notNull(),
      accountId: d.key().notNull(),
      /** Tokens are encrypted. */
      accessToken: d.text(),
      refreshToken: d.text(),
      idToken: d.text(),
      accessTokenExpiresAt: d.time(),
      refreshTokenExpiresAt: d.time(),
      scope: d.text(),
      /** Hashed. */
      password: d.text(),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.index("accounts_user").on(t.userId), d.unique("accounts_identity").on(t.providerId, t.accountId)],
  );

  const sessions = d.table(
    "sessions",
    {
      id: d.id().primaryKey(),
      /** The cookie holds it, signed. */
      token: d.key().notNull(),
      userId: userId(),
      expiresAt: d.time().notNull(),
      ipAddress: d.key(),
      userAgent: d.text(),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.unique("sessions_token").on(t.token), d.index("sessions_user").on(t.userId)],
  );

  /** What is waited for: an answer of a provider, a second factor. */
  const verifications = d.table(
    "verifications",
    {
      id: d.id().primaryKey(),
      identifier: d.key().notNull(),
      value: d.text().notNull(),
      expiresAt: d.time().notNull(),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.index("verifications_identifier").on(t.identifier)],
  );

  /** Second factors by the clock (TOTP), with recovery codes; both encrypted. */
  const twoFactors = d.table(
    "two_factors",
    {
      id: d.id().primaryKey(),
      userId: userId(),
      secret: d.text().notNull(),
      backupCodes: d.text().notNull(),
      verified: d.bool(),
      failedVerificationCount: d.int(),
      lockedUntil: d.time(),
    },
    (t) => [d.index("two_factors_user").on(t.userId)],
  );

  const passkeys = d.table(
    "passkeys",
    {
      id: d.id().primaryKey(),
      userId: userId(),
      name: d.key(),
      publicKey: d.text().notNull(),
      credentialID: d.text().notNull(),
      counter: d.long().notNull(),
      deviceType: d.key().notNull(),
      backedUp: d.bool().notNull(),
      transports: d.text(),
      aaguid: d.key(),
      createdAt: d.time(),
    },
    (t) => [d.index("passkeys_user").on(t.userId)],
  );

  /** Of programs. */
  const apiTokens = d.table(
    "api_tokens",
    {
      id: d.id().primaryKey(),
      userId: userId(),
      name: d.key().notNull(),
      /** Its first letters, for people. */
      prefix: d.key().notNull(),
      /** SHA-256 of the whole, in hexadecimal. */
      hash: d.key().notNull(),
      scopes: d.json<string[]>().notNull(),
      /** Only instances with one of these; null: what its owner sees. */
      tags: d.json<string[]>(),
      createdAt: d.time().notNull(),
      /** Null: never. */
      expiresAt: d.time(),
      lastUsedAt: d.time(),
      lastUsedFrom: d.key(),
    },
    (t) => [d.unique("api_tokens_hash").on(t.hash), d.index("api_tokens_user").on(t.userId)],
  );

  /** Every change, sign-in and refusal; pruned. No references: people and what they changed may be gone. */
  const auditLog = d.table(
    "audit_log",
    {
      id: d.id().primaryKey(),
      at: d.time().notNull(),
      /** Null: nobody was signed in. */
      actorId: d.id(),
      /** As it was called then. */
      actor: d.key(),
      via: d.oneOf(["session", "token", "proxy", "command", "none"]).notNull(),
      address: d.key(),
      /** A procedure, as "channels.update", or "sign-in". */
      action: d.key().notNull(),
      outcome: d.oneOf(["done", "refused", "failed"]).notNull(),
      /** What it was done to, and what that was called then. */
      subjectId: d.key(),
      subject: d.key(),
      /** Before and after, or why not; never a secret. */
      details: d.json<unknown>().notNull(),
    },
    (t) => [d.index("audit_log_at").on(t.at), d.index("audit_log_actor_at").on(t.actorId, t.at)],
  );

  return { users, accounts, sessions, verifications, twoFactors, passkeys, apiTokens, auditLog };
}
