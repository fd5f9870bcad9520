/** What the audit log calls a backup that was taken from a running Unity. */
export const DOWNLOAD = "backup.download";
