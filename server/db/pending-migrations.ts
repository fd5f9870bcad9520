import type { Migration } from "./sqlite-protocol";

/** @param place the file, or host and name of the database @throws Error when a newer version made it */
export function refuseNewer(place: string, applied: number, migrations: readonly Migration[]): void {
  if (applied <= (migrations.at(-1)?.at ?? 0)) return;
  throw new Error(
    `${place} was made by a newer version of Unity. Update Unity, or restore the copy made before that update.`,
  );
}

/** Those newer than the last that was applied. */
export const pendingAfter = (applied: number, migrations: readonly Migration[]) =>
  migrations.filter(({ at }) => at > applied);

/** For who must not change anything. @throws Error when the tables are those of another version */
export function requireCurrent(place: string, applied: number, migrations: readonly Migration[]): void {
  refuseNewer(place, applied, migrations);
  if (pendingAfter(applied, migrations).length === 0) return;
  throw new Error(
    `${place} was made by an older version of Unity. Start this one on it once, which keeps a copy of before, or use the version that made it.`,
  );
}
