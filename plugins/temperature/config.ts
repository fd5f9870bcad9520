import { z } from "zod";

const celsius = (value: number) => z.number().min(1).max(150).default(value);
const ratio = (value: number) => z.number().min(0).max(1).default(value);
const globs = (patterns: string[] = []) => z.array(z.string()).max(200).default(patterns);

export const config = z.object({
  warningCelsius: celsius(75).meta({ title: "Warm from", description: "For sensors that name no limit." }),
  criticalCelsius: celsius(85).meta({ title: "Too hot from", description: "For sensors that name no limit." }),
  useChipLimits: z.boolean().default(true).meta({
    title: "Use the chips' own limits",
    description: "What a chip says it bears is taken before the two numbers above, where it is plausible.",
  }),
  include: globs().meta({
    title: "Sensors",
    description: "Patterns for a chip or a sensor, such as nvme* or */temp1. Empty: all but the excluded.",
  }),
  exclude: globs(["AUXTIN*"]).meta({
    title: "Excluded sensors",
    description: "Patterns. AUXTIN inputs are mostly connected to nothing and show nonsense.",
  }),
  labels: z.record(z.string(), z.string().max(100)).default({}).meta({
    title: "Names",
    description: "chip/sensor, as nct6798-isa-0290/temp2, to the name it is shown by.",
  }),
  humidityMinRatio: ratio(0.3).meta({ title: "Dry below", description: "Relative humidity." }),
  humidityMaxRatio: ratio(0.6).meta({ title: "Damp above", description: "Relative humidity." }),
  nvidiaSmi: z.enum(["auto", "on", "off"]).default("auto").meta({
    title: "NVIDIA cards",
    description: "By nvidia-smi. auto: when NVIDIA's driver has a card, and without waking one that sleeps.",
    advanced: true,
  }),
  maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Sensors of a kind at most", advanced: true }),
  sysRoot: z.string().default("/sys").meta({
    title: "Folder of sys",
    description: "Another one when Unity runs in a container: /host/sys.",
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;
