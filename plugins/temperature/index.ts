import { CollectError, chart, definePlugin, meter, type Report, table } from "../sdk";
import { alerts } from "./alerts";
import { createCap } from "./cap";
import { config } from "./config";
import { describeSensors } from "./inventory";
import { metrics } from "./metrics";
import { readCards } from "./nvidia";
import { readChips } from "./read-chips";
import type { Problem } from "./read-optional";
import { readTool } from "./read-tool";
import { refreshSurvey } from "./refresh-survey";
import { cardValues, chooseCards, reportCards } from "./report-cards";
import { reportValues } from "./report-values";

export default definePlugin({
  id: "temperature",
  name: "Temperature",
  summary: "Temperatures of processors, boards, disks and graphics cards, fans, voltages, power and humidity.",
  category: "thermal",
  tier: 3,
  kind: "host",
  needs: ["Linux"],
  intervalSeconds: 10,
  autostart: true,
  config,
  metrics,
  alerts,
  board: [
    meter("temperature_highest_celsius", "Hottest", { max: 100, warn: 75, bad: 85 }),
    meter("temperature_highest_celsius", "Processor", { where: { kind: "cpu" }, max: 100, warn: 75, bad: 85 }),
    meter("temperature_highest_celsius", "Disks", { where: { kind: "disk" }, max: 100, warn: 60, bad: 70 }),
    // On a machine without sensors this is the figure that says so.
    meter("temperature_sensors", "Sensors"),
    table({
      title: "Temperatures",
      by: "sensor",
      columns: [
        { metric: "temperature_celsius", title: "Now" },
        { metric: "temperature_max_celsius", title: "Warm from" },
        { metric: "temperature_critical_celsius", title: "Too hot from" },
      ],
    }),
    table({
      title: "Fans",
      by: "sensor",
      columns: [
        { metric: "fan_speed_rpm", title: "Speed" },
        { metric: "fan_stopped", title: "Stopped" },
      ],
    }),
    table({
      title: "Graphics cards",
      by: "gpu",
      columns: [
        { metric: "gpu_utilization_ratio", title: "Busy" },
        { metric: "gpu_memory_used_bytes", title: "Memory used" },
        { metric: "gpu_memory_total_bytes", title: "Memory" },
        { metric: "gpu_fan_speed_ratio", title: "Fan" },
      ],
    }),
    chart("Hottest of each kind", ["temperature_highest_celsius"]),
    chart("Temperatures", ["temperature_celsius"]),
    chart("Fans", ["fan_speed_rpm"]),
    chart("Power", ["power_watts"]),
    chart("Voltages", ["voltage_volts"]),
    chart("Currents", ["current_amperes"]),
    chart("Humidity", ["humidity_ratio"]),
    chart("Graphics cards", ["gpu_utilization_ratio"]),
  ],
  help: {
    permission: "Let the user Unity runs as read /sys/class/hwmon, or exclude the chip in the settings.",
    timeout: "A chip's driver does not answer. Exclude the chip in the settings, or restart the machine.",
    missing_tool: "Install nvidia-smi, or switch NVIDIA cards off in the settings.",
  },
  target: ({ sysRoot }) => (sysRoot === "/sys" ? "" : sysRoot),
  async collect(context, report) {
    const { survey, fresh, problems: refused } = await refreshSurvey(context);
    const { chips } = survey;
    const read = await readChips(context, chips);
    // Chips whose sensors are all excluded are there all the same.
    const tool = chips.length === 0 ? await readTool(context) : NOTHING;
    const { cards, problems: cardProblems } = await readCards(context);
    const shown = chooseCards(cards, context.config);
    const others = [...tool.values, ...cardValues(shown)];
    const cap = createCap(context.config.maxItems);
    const values = [...read.values, ...others].filter(cap.fits);

    reportValues(context, report, values);
    reportCards(report, shown);
    const sensors = [
      ...chips.flatMap(({ name, sensors }) => sensors.map((sensor) => ({ ...sensor, chip: name }))),
      ...others,
    ];
    report("temperature_sensors", sensors.filter(({ quantity }) => quantity === "temperature").length);
    report("temperature_sensors_truncated", survey.truncated || cap.isTruncated() ? 1 : 0);
    if (fresh) report.inventory(describeSensors(sensors, chips, context.config));
    const sysfsProblems = [...refused, ...survey.problems, ...read.problems];
    const [first] = sysfsProblems;
    // Where nothing can be read the run has failed. That there is nothing to read is no failure.
    if (first && values.length === 0) throw new CollectError(first.reason, first.message);
    tellProblems(report, [...sysfsProblems, ...tool.problems, ...cardProblems]);
  },
});

const NOTHING: Awaited<ReturnType<typeof readTool>> = { values: [], problems: [] };

/** The first remark of each reason: a hundred sensors of one chip say nothing more. */
function tellProblems(report: Report<typeof metrics>, problems: readonly Problem[]): void {
  const told = new Set<Problem["reason"]>();
  for (const { reason, message } of problems) {
    if (!told.has(reason)) report.partial(reason, message);
    told.add(reason);
  }
}
