import type { Inventory } from "../sdk";
import type { Disk } from "./disk";
import type { Problem } from "./read-disks";

/** What there is. Numbers that change are metrics. */
export function describeDisks(disks: readonly Disk[], problems: readonly Problem[]): Inventory {
  return {
    facts: { disks: disks.length + problems.length > 0 ? disks.length + problems.length : NONE },
    lists: {
      disks: [
        ...disks.map(describeDisk),
        ...problems.map(({ path, error }) => ({ ...EMPTY, path, state: "not read", note: error.message })),
      ],
    },
  };
}

const NONE = "None that smartctl finds. That is usual for a virtual machine and for a container.";
const EMPTY = {
  disk: "",
  path: "",
  state: "",
  model: "",
  serial: "",
  protocol: "",
  capacityBytes: null,
  rotation: "",
  note: "",
};

function describeDisk(disk: Disk): Readonly<Record<string, string | number | null>> {
  if (disk.state === "standby")
    return { ...EMPTY, disk: disk.label, path: disk.path, state: "asleep", model: disk.model };
  const { label, model, serial, protocol, capacityBytes = null, rotation } = disk.identity;
  const { passed } = disk.health;
  const state = passed === undefined ? "no verdict" : passed ? "well" : "failing";
  return { disk: label, path: disk.path, state, model, serial, protocol, capacityBytes, rotation, note: disk.note };
}
