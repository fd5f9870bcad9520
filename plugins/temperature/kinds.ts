/** What a chip sits on, for the highest temperature of each. */
export type Kind = "cpu" | "disk" | "gpu" | "board";

/** By the beginning of the driver's name, or of a thermal zone's type. */
const BEGINNINGS: readonly (readonly [Kind, RegExp])[] = [
  ["disk", /^(nvme|drivetemp)/],
  ["gpu", /^(amdgpu|radeon|nouveau|nvidia|gpu|i915|xe$|xe_)/],
  [
    "cpu",
    /^(coretemp|k8temp|k10temp|zenpower|via_cputemp|cpu|soc|x86_pkg|package|cluster|bigcore|littlecore|bcm2835|imx|tj)/,
  ],
];

export function kindOf(driver: string): Kind {
  const name = driver.toLowerCase().replaceAll("-", "_");
  return BEGINNINGS.find(([, beginning]) => beginning.test(name))?.[0] ?? "board";
}
