import { labelItems, toLabel } from "../sdk";
import { type Member, OplogEntry, parseAnswer, ReplicaSet } from "./parse";
import { attempt, type Survey } from "./survey";

export interface MemberFacts {
  readonly member: string;
  readonly state: string;
  readonly isHealthy: boolean;
  readonly lagSeconds: number | null;
}

/** Members of a replica set: their states, whether they are reached, and how far behind they are. */
export async function collectReplicaSet(survey: Survey): Promise<readonly MemberFacts[]> {
  const { report, ask } = survey;
  const set = await attempt(survey, "The replica set", async () =>
    parseAnswer(ReplicaSet, await ask({ db: "admin", command: { replSetGetStatus: 1 } }), "replSetGetStatus"),
  );
  if (!set) return [];
  const primary = set.members.find(({ stateStr }) => stateStr === "PRIMARY");
  report("mongodb_primary_present", primary ? 1 : 0);
  const items = labelItems(set.members, { name: ({ name }) => name, id: (one) => String(set.members.indexOf(one)) });
  return items.map(({ label: member, item }) => {
    const state = toLabel(item.stateStr);
    const isHealthy = item.health !== 0;
    const lagSeconds = lagOf(item, primary);
    report("mongodb_member_state", 1, { member, state });
    report("mongodb_member_healthy", isHealthy ? 1 : 0, { member });
    if (lagSeconds !== undefined) report("mongodb_replication_lag_seconds", lagSeconds, { member });
    return { member, state, isHealthy, lagSeconds: lagSeconds ?? null };
  });
}

/** An arbiter holds no data, and one that is not reached says nothing: a date of 1970 stands there. */
function lagOf({ optimeDate, stateStr, health }: Member, primary: Member | undefined): number | undefined {
  if (optimeDate === undefined || optimeDate <= 0 || primary?.optimeDate === undefined) return undefined;
  if (stateStr === "ARBITER" || health === 0) return undefined;
  return Math.max(0, (primary.optimeDate - optimeDate) / 1_000);
}

/** How far back the oplog goes: its first and its last entry. */
export async function collectOplog(survey: Survey): Promise<void> {
  const { report, ask, context } = survey;
  if (!context.config.collectOplog) return;
  const entry = async (order: 1 | -1) => {
    const find = { find: "oplog.rs", sort: { $natural: order }, projection: { ts: 1 }, limit: 1, singleBatch: true };
    return parseAnswer(OplogEntry, await ask({ db: "local", command: find }), "The oplog").cursor.firstBatch[0]?.ts;
  };
  await attempt(survey, "The oplog", async () => {
    const [first, last] = [await entry(1), await entry(-1)];
    // Empty while a new member is being copied.
    if (first !== undefined && last !== undefined) report("mongodb_oplog_window_seconds", Math.max(0, last - first));
  });
}
