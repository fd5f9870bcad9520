import { toLabel } from "../sdk";
import type { Answer } from "./answer";
import type { Asked } from "./config";
import type { Identity } from "./disk";

/** Who a disk is, by its own words. */
export function identify(answer: Answer, { path, type }: Asked): Identity {
  const model = toLabel(modelOf(answer));
  const serial = toLabel(answer.serial_number?.trim() ?? "");
  return {
    label: serial === "" ? unnamed(path, type) : labelOf(model, serial),
    model,
    serial,
    firmware: toLabel((answer.firmware_version ?? answer.scsi_revision ?? "").trim()),
    protocol: protocolOf(answer),
    capacityBytes: answer.user_capacity?.bytes ?? answer.nvme_total_capacity,
    rotation: rotationOf(answer),
  };
}

export function modelOf({ model_name, scsi_model_name, scsi_vendor, scsi_product }: Answer): string {
  const joined = [scsi_vendor, scsi_product]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(" ");
  return (model_name ?? scsi_model_name ?? joined).trim();
}

/** As udev names disks under /dev/disk/by-id, behind the bus: MODEL_SERIAL with underscores for blanks. */
const labelOf = (model: string, serial: string) => [model, serial].filter(Boolean).join("_").replace(/\s+/g, "_");

/** A disk without a serial number is known by its place only; behind a controller several share a path. */
export const unnamed = (path: string, type: string | undefined) =>
  toLabel(type?.includes(",") ? `${path} ${type}` : path);

function protocolOf({ device }: Answer): string {
  const told = device?.protocol ?? "";
  return ["ATA", "NVMe", "SCSI"].includes(told) ? told : toLabel(told);
}

function rotationOf({ rotation_rate: rate, device }: Answer): string {
  if (device?.protocol === "NVMe" || rate === 0) return "ssd";
  return rate === undefined || rate < 0 ? "" : `${rate} rpm`;
}
