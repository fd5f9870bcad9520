import type { InstanceDetail, Status } from "./outputs";

type Strip = Pick<InstanceDetail, "strip" | "stripEndsAt">;
type Beat = Strip["strip"][number];

const SLOT_MS = 1_800_000;
const RANK: Readonly<Record<Beat, number>> = { none: 0, ok: 1, partial: 2, failed: 3 };

/** A day's strip after one more run: the worst of each half hour stays, and new half hours move it on. */
export function extendStrip({ strip, stripEndsAt }: Strip, { lastRunAt, consecutiveErrors, message }: Status): Strip {
  if (lastRunAt === null || strip.length === 0) return { strip, stripEndsAt };
  const outcome: Beat = consecutiveErrors > 0 ? "failed" : message === null ? "ok" : "partial";
  const ahead = Math.max(0, Math.floor((lastRunAt - stripEndsAt) / SLOT_MS) + 1);
  const skipped = Math.min(ahead, strip.length);
  const moved = [...strip.slice(skipped), ...new Array<Beat>(skipped).fill("none")];
  const endsAt = stripEndsAt + ahead * SLOT_MS;
  const slot = strip.length - Math.ceil((endsAt - lastRunAt) / SLOT_MS);
  const before = moved[slot];
  if (before === undefined || RANK[before] >= RANK[outcome]) {
    return ahead === 0 ? { strip, stripEndsAt } : { strip: moved, stripEndsAt: endsAt };
  }
  return { strip: moved.with(slot, outcome), stripEndsAt: endsAt };
}
