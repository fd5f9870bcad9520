import { z } from "zod";
import { days, type HttpApi, parseAnswer } from "../sdk";
import { askAdmin } from "./admin-session";
import type { Context, Reported } from "./source";

const Fields = z.object({
  userenabled: z.boolean().catch(true),
  twofactorenabled: z.boolean().catch(false),
  createdat: z.string().optional().catch(undefined),
  /** null: never; undefined: this version does not say. */
  lastactive: z.string().nullish().catch(undefined),
});
/** Keys began with a capital until 2024. Names and addresses are not looked at. */
const User = z
  .record(z.string(), z.unknown())
  .transform((user) =>
    Fields.parse(Object.fromEntries(Object.entries(user).map(([key, value]) => [key.toLowerCase(), value]))),
  );
const Users = z.array(User);
type User = z.output<typeof User>;

const INACTIVE_SECONDS = days(90);

/** Reports how many accounts there are, as Vaultwarden's administration tells. @throws CollectError */
export async function readUsers(context: Context, api: HttpApi, report: Reported, token: string): Promise<void> {
  const users = parseAnswer(Users, await askAdmin(context, api, token, "/admin/users"));
  const enabled = users.filter((user) => user.userenabled);
  report("vault_users", enabled.length, { state: "enabled" });
  report("vault_users", users.length - enabled.length, { state: "disabled" });
  report("vault_users_two_factor", enabled.filter(({ twofactorenabled }) => twofactorenabled).length);
  if (enabled.length === 0 || enabled.some(({ lastactive }) => lastactive !== undefined))
    report("vault_users_inactive", enabled.filter((user) => isInactive(user, context.now)).length);
}

/** One that was never used counts from when it was made. */
function isInactive({ lastactive, createdat }: User, now: number): boolean {
  const at = instantOf(lastactive ?? "") ?? instantOf(createdat ?? "");
  return at !== undefined && (now - at) / 1_000 > INACTIVE_SECONDS;
}

/** "2026-08-20 20:03:56 CEST": names of zones are many, and hours do not matter here. */
function instantOf(text: string): number | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text) ?? [];
  const at = Date.parse(`${date}T${time}Z`);
  return Number.isFinite(at) ? at : undefined;
}
