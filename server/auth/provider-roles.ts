import { ROLES, type Role } from "./visitor";

/** Which role a group at the provider gives. */
export interface GroupRole {
  readonly role: Role;
  readonly group: string;
}

/** Roles come from a provider's groups. */
export interface ProviderRoles {
  /** Where it says the groups of somebody: "groups", or a path as "realm_access.roles". */
  readonly claim: string;
  readonly groups: readonly GroupRole[];
}

/** A provider's word on somebody who comes by it. `role` undefined: it stays what it is. */
export type Welcome =
  | { readonly ok: true; readonly role: Role | undefined }
  | { readonly ok: false; readonly error: "signup_disabled" | "not_in_group" };

/** "admin=homelab-admins,editor=ops": a role may come several times. @throws Error that says what is wrong */
export function parseGroupRoles(text: string): GroupRole[] {
  return text.split(",").map((part) => {
    const [, name = "", group = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    const role = ROLES.find((one) => one === name);
    if (!role || group === "")
      throw new Error(`"${part.trim()}" is none of admin, editor and viewer, with = and the name of a group`);
    return { role, group };
  });
}

/** @returns undefined where the provider says nothing of groups, which many do of who is in none */
function groupsOf(profile: Readonly<Record<string, unknown>>, claim: string): readonly string[] | undefined {
  // A name may have dots of its own, as an address has.
  const path = Object.hasOwn(profile, claim) ? [claim] : claim.split(".");
  let found: unknown = profile;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  const groups: readonly unknown[] = Array.isArray(found) ? found : [found];
  return groups.filter((group) => typeof group === "string");
}

/** The highest that one of somebody's groups gives; undefined: none does. */
export function roleOf(profile: Readonly<Record<string, unknown>>, { claim, groups }: ProviderRoles): Role | undefined {
  const mine = new Set(groupsOf(profile, claim));
  return ROLES.find((role) => groups.some((one) => one.role === role && mine.has(one.group)));
}

/**
 * What somebody may be who comes by the provider. Without roles it decides of newcomers only; with them of everybody, each time.
 * @param newcomers null: only whom an admin added, or whom a group brings
 */
export function welcome(
  profile: Readonly<Record<string, unknown>>,
  { isKnown, newcomers, roles }: { isKnown: boolean; newcomers: Role | null; roles: ProviderRoles | undefined },
): Welcome {
  if (!roles && isKnown) return { ok: true, role: undefined };
  const role = (roles && roleOf(profile, roles)) ?? newcomers;
  if (role !== null) return { ok: true, role };
  return { ok: false, error: isKnown ? "not_in_group" : "signup_disabled" };
}
