import { z } from "zod";
import { PERMISSIONS, ROLES } from "../auth/visitor";

/** Who is signed in. */
export const Me = z.object({
  userId: z.string().nullable(),
  name: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Sees only instances with one of these; null: all. */
  tags: z.array(z.string()).nullable(),
  /** How it is known who that is; a proxy signs nobody out. */
  via: z.enum(["session", "token", "proxy", "command", "none"]),
});

/** How somebody can get in. */
export const Doors = z.object({
  /** What the button of the provider says; null: there is none. */
  provider: z.string().nullable(),
  /** Nobody may administer yet: the first who comes, or who has the token of the log, makes that person. */
  firstRun: z.boolean(),
  /** The browser does not run on this machine. */
  needsToken: z.boolean(),
});

/** Instants are epoch milliseconds. */
export const SessionView = z.object({
  id: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.number(),
  /** To a day. */
  lastUsedAt: z.number(),
  expiresAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
});

/** Instants are epoch milliseconds. */
export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  /** What is typed at the sign-in; null for those who only come from a provider. */
  username: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(ROLES),
  tags: z.array(z.string()).nullable(),
  disabled: z.boolean(),
  twoFactor: z.boolean(),
  /** "credential" is a password; others are "oidc" and "proxy". */
  ways: z.array(z.string()),
  createdAt: z.number(),
  /** Of the sessions that are open, to a day; null: none is. */
  lastSeenAt: z.number().nullable(),
});
