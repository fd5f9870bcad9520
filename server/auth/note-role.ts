import type { Log } from "../log";
import type { AuditLog } from "./audit-log";
import type { TakenRole } from "./people";

/** Writes down what a provider made of somebody, who did not ask for it. */
export function noteRole(
  { audit, log }: { audit?: Pick<AuditLog, "record">; log: Pick<Log, "warn"> },
  { person: { id, name, role }, before, isKept }: TakenRole,
): void {
  if (isKept) log.warn({ name }, "the provider says less of the only one who may administer: that one stays an admin");
  if (role === before) return;
  audit?.record({
    who: { userId: id, name, via: "none", address: null },
    action: "people.role",
    outcome: "done",
    subject: { id, name },
    details: { changes: [{ path: "role", before, after: role }], facts: { by: "groups of the provider" } },
  });
}
