import { Readable } from "node:stream";
import { messageOf, UnityError } from "../errors";
import type { Log } from "../log";
import type { MetricStore } from "../metrics/store";
import { nameBackup } from "./name-backup";
import { type Backup, type BackupWanted, type Installation, openBackup } from "./open-backup";

/** A backup on its way to whoever asked for it. */
export interface BackupStream {
  /** For the file. */
  readonly name: string;
  readonly header: Backup["header"];
  /** The archive; an error where it cannot be read to its end. Whoever wants no more of it destroys it. */
  readonly bytes: Readable;
  /** As of `Backup`, once all bytes were read. */
  totals: Backup["totals"];
  lost: Backup["lost"];
}

/** Of a Unity that was told where everything lies. */
export interface Backups {
  /**
   * Opens a backup of this installation as it is now, with everything that was collected until now.
   * @throws UnityError `too_many` while another one is on its way; Error as `openBackup`
   */
  open(wanted: Omit<BackupWanted, "wrote">): Promise<BackupStream>;
}

interface Parts {
  readonly installation: Installation;
  readonly store: Pick<MetricStore, "flush">;
  readonly log: Pick<Log, "info" | "warn">;
  readonly stallMs?: number;
}

/** Who takes nothing for so long is gone: until a backup ends, a server keeps what was deleted meanwhile. */
const STALL_MS = 120_000;
const BUFFER_BYTES = 512 * 1_024;

/** Backups of a Unity that runs, one at a time: each reads everything there is, and has the newest samples in memory once more. */
export function createBackups({ installation, store, log, stallMs = STALL_MS }: Parts): Backups {
  let isBusy = false;
  let closing: Promise<void> = Promise.resolve();

  async function openNow(wanted: Omit<BackupWanted, "wrote">): Promise<Backup> {
    // What cannot be written waits, and is not in it; everything else is.
    await store.flush().catch((error: unknown) => {
      log.warn(
        { reason: messageOf(error) },
        "the newest samples are not in the backup: the database does not take them",
      );
    });
    return openBackup(installation, wanted);
  }

  function toStream(backup: Backup): BackupStream {
    let stalled: NodeJS.Timeout | undefined;
    /** Of the reader; the database may take its time. */
    const wait = () => {
      stalled = setTimeout(() => bytes.destroy(new Error("Nobody took the backup any more: it was ended.")), stallMs);
    };
    async function* watched(): AsyncGenerator<Uint8Array> {
      clearTimeout(stalled);
      for await (const block of backup.bytes()) {
        wait();
        yield block;
        clearTimeout(stalled);
      }
    }
    const bytes = Readable.from(watched(), { objectMode: false, highWaterMark: BUFFER_BYTES });
    wait();
    // However it ends, and also where it never began.
    bytes.once("close", () => {
      clearTimeout(stalled);
      isBusy = false;
      closing = backup
        .close()
        .catch((error: unknown) => log.warn({ reason: messageOf(error) }, "a backup was not closed in order"));
    });
    // Also where nobody listens yet: that must not end the process.
    bytes.once("error", (error) => log.warn({ reason: messageOf(error) }, "a backup ended before all of it was there"));
    const { header, totals, lost } = backup;
    bytes.once("end", () => log.info({ ...totals(), secrets: header.backup.secrets.kind }, "a backup was made"));
    return { name: nameBackup(new Date(header.createdAt)), header, bytes, totals, lost };
  }

  return {
    async open(wanted) {
      // One that ended a moment ago is not in the way of the next.
      await closing;
      if (isBusy) throw new UnityError("too_many", "A backup is being made already. Wait until it has ended.");
      isBusy = true;
      try {
        return toStream(await openNow(wanted));
      } catch (error) {
        isBusy = false;
        throw error;
      }
    },
  };
}
