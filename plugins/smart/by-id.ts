import { type CollectContext, CollectError, toLabel } from "../sdk";

const FOLDER = "/dev/disk/by-id";
/** More links than this have no machine's disks. */
const MAX_LINKS = 2_000;

/**
 * The name udev gives a disk, without the bus: what the disk itself would say, also while it sleeps. Undefined where there is no udev, as
 * in a container.
 */
export async function findNameById(context: Pick<CollectContext, "listDir" | "readLink" | "signal">, path: string) {
  const device = path.slice("/dev/".length);
  try {
    const names = (await context.listDir(FOLDER)).filter(
      (name) => /^(ata|scsi|usb|nvme)-/.test(name) && !/-part\d+$/.test(name),
    );
    for (const name of names.slice(0, MAX_LINKS)) {
      const target = await context.readLink(`${FOLDER}/${name}`);
      if (target.split("/").at(-1) === device) return toLabel(name.replace(/^[a-z]+-/, ""));
    }
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
  }
  return undefined;
}
