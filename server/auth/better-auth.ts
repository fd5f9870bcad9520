import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { twoFactor } from "better-auth/plugins/two-factor";
import { username } from "better-auth/plugins/username";
import type { BetterAuthPlugin } from "better-auth/types";
import { v7 as createId } from "uuid";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { createAuthAdapter } from "./adapter";
import { addressOfNobody, DISPLAY_NAME, PASSWORD, USERNAME } from "./names";
import { type ProviderRoles, welcome } from "./provider-roles";
import { CLIENT_ADDRESS } from "./request-headers";
import { DAY_S, SESSION_S } from "./session-times";
import type { Role } from "./visitor";

/** A provider of identities that speaks OpenID Connect: Authentik, Authelia, Keycloak, ... */
export interface OidcProvider {
  /** On the button. */
  readonly name: string;
  /** Its `.well-known/openid-configuration` is read from there. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The role of somebody who comes for the first time; null: only whom an admin added may come. */
  readonly newcomers: Role | null;
  /** As it is asked for them, "openid" among them. */
  readonly scopes: readonly string[];
  /** Undefined: roles are given here. */
  readonly roles: ProviderRoles | undefined;
}

const OIDC = "oidc";

export interface AuthParts {
  readonly connection: Connection;
  readonly secret: string;
  readonly oidc: OidcProvider | undefined;
  readonly log: Pick<Log, "warn" | "error" | "info" | "debug">;
  /** May this person have a session? @param role what the provider makes of somebody who comes by it */
  admit(userId: string, role: Role | undefined): Promise<boolean>;
  /** Nobody else could let others in. */
  isLastAdmin(userId: string): Promise<boolean>;
}

/**
 * Passwords, second factors, providers and sessions; passkeys are one of `plugins`. What of it can be reached is in `endpoints.ts`.
 */
export function createBetterAuth(parts: AuthParts, plugins: readonly BetterAuthPlugin[] = []) {
  const { connection, secret, oidc, log, admit } = parts;
  /** Said before there is a session, of the same request. */
  const said = new WeakMap<Request, Role>();
  return betterAuth({
    appName: "Unity",
    secret,
    telemetry: { enabled: false },
    database: createAuthAdapter(connection),
    logger: {
      level: "warn",
      // That the address is whatever people use is meant so.
      log: (level, message, ...more) =>
        message.includes("Base URL is not set") || log[level]({ more: more.map(String) }, `accounts: ${message}`),
    },
    // The entry compares Origin and Host of everything that is not only read; here, whatever address people use is right.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin, request.headers.get("origin") ?? ""] : []),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.shortest,
      maxPasswordLength: PASSWORD.longest,
    },
    user: {
      additionalFields: { role: { type: "string", required: false, input: false } },
      async validateUserInfo({ user, source }, { request }) {
        if (!oidc || source.oauth?.providerId !== OIDC) return;
        const { profile = {} } = source.oauth;
        const isKnown = source.action !== "create-user";
        const word = welcome(profile, { ...oidc, isKnown });
        if (word.ok) {
          if (request && word.role) said.set(request, word.role);
        } else if (!isKnown || !(await parts.isLastAdmin(String(user.id)))) return { error: word.error };
      },
    },
    session: { expiresIn: SESSION_S, updateAge: DAY_S, freshAge: DAY_S },
    account: {
      encryptOAuthTokens: true,
      // Who has an address at a provider is not therefore who has it here.
      accountLinking: { enabled: false },
    },
    // Ours knows addresses and names apart, `sign-in-limits.ts`.
    rateLimit: { enabled: false },
    onAPIError: { errorURL: "/sign-in" },
    advanced: {
      cookiePrefix: "unity",
      // Whether a request came by TLS is known a request, not a start: the entry adds it.
      useSecureCookies: false,
      database: { generateId: () => createId() },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) =>
            admit(session.userId, context?.request ? said.get(context.request) : undefined),
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: USERNAME.shortest,
        maxUsernameLength: USERNAME.longest,
        usernameValidator: (name) => USERNAME.pattern.test(name),
      }),
      twoFactor({ issuer: "Unity" }),
      genericOAuth({
        config: oidc
          ? [
              {
                providerId: OIDC,
                name: oidc.name,
                discoveryUrl: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
                clientId: oidc.clientId,
                clientSecret: oidc.clientSecret,
                scopes: [...oidc.scopes],
                pkce: true,
                disableSignUp: oidc.newcomers === null && !oidc.roles,
                mapProfileToUser: (profile) => ({
                  name: DISPLAY_NAME.of(profile.name, profile.preferred_username, profile.email),
                  email: typeof profile.email === "string" ? profile.email : addressOfNobody(String(profile.sub)),
                }),
              },
            ]
          : [],
      }),
      ...plugins,
    ],
  });
}
export type BetterAuth = ReturnType<typeof createBetterAuth>;
