import { z } from "zod";

/** A device as smartctl takes it: begins with / (so it is no option) and has no blanks. */
const PATH = /^\/[^\s\p{Cc}]+$/u;
/** What `-d` takes: sat, nvme, megaraid,3, sat+megaraid,3, areca,1/2. */
const TYPE = /^[a-z0-9][a-z0-9_+,/.:-]*$/i;
const SHORTHAND = /^(\/\S+)(?:\s+(\S+))?$/;

const celsius = (value: number) => z.number().min(1).max(120).default(value);

const Device = z.object({
  path: z.string().max(200).regex(PATH, "Begin it with /, as /dev/sda.").meta({ title: "Device" }),
  type: z.string().max(100).regex(TYPE, "As after smartctl -d: sat, megaraid,3.").optional().meta({ title: "Type" }),
});

export const config = z.object({
  devices: z
    .array(
      z.union([z.string().trim().max(300).refine(isDevice, "Write it as /dev/sda or /dev/bus/0 megaraid,3."), Device]),
    )
    .max(200)
    .default([])
    .meta({
      title: "Disks",
      description: "/dev/sda, or with smartctl's type /dev/bus/0 megaraid,3. Empty: all that smartctl finds.",
      placeholder: "/dev/sda",
    }),
  exclude: z.array(z.string().max(300)).max(100).default([]).meta({
    title: "Excluded disks",
    description: "Patterns for the device, the model or the serial number, such as /dev/sdb or QEMU*.",
  }),
  skipStandby: z
    .boolean()
    .default(true)
    .meta({ title: "Let sleeping disks lie", description: "A disk that has spun down is not woken." }),
  temperatureWarningCelsius: celsius(50).meta({ title: "Warm from", description: "Hard disks and SATA SSDs." }),
  temperatureCriticalCelsius: celsius(60).meta({ title: "Too hot from", description: "Hard disks and SATA SSDs." }),
  nvmeWarningCelsius: celsius(70).meta({ title: "NVMe: warm from" }),
  nvmeCriticalCelsius: celsius(80).meta({ title: "NVMe: too hot from" }),
  attributes: z.enum(["none", "important", "all"]).default("important").meta({
    title: "ATA attributes",
    description: "Kept one by one. important: those that speak of failing, of cables and of wear.",
  }),
  useSudo: z
    .boolean()
    .default(false)
    .meta({ title: "Use sudo", description: "Runs sudo -n smartctl; see the README for the line in sudoers." }),
  maxItems: z.int().min(1).max(500).default(200).meta({ title: "Disks at most", advanced: true }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

/** A disk as it is asked for. Without a type smartctl finds it out. */
export interface Asked {
  readonly path: string;
  readonly type: string | undefined;
}

export const listDevices = ({ devices }: Pick<Config, "devices">): Asked[] =>
  devices.map((entry) => (typeof entry === "string" ? readShorthand(entry) : { path: entry.path, type: entry.type }));

function readShorthand(entry: string): Asked {
  const [, path = entry, type] = SHORTHAND.exec(entry) ?? [];
  return { path, type };
}

function isDevice(entry: string): boolean {
  const { path, type } = readShorthand(entry);
  return isAskable({ path, type });
}

/** True when both can stand on a command line as what they are. */
export const isAskable = ({ path, type }: Asked) => PATH.test(path) && (type === undefined || TYPE.test(type));
