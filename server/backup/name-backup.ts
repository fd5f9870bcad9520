/** As `unity-backup-2026-11-26T21-04-12Z.unity`: in UTC, so that names are in the order that they were made in. */
export const nameBackup = (now: Date): string =>
  `unity-backup-${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z.unity`;
