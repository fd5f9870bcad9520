import { chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import type { Attribute } from "./answer";
import { chooseAttributes, MAX_ATTRIBUTES } from "./choose-attributes";
import { config, listDevices } from "./config";
import { discover } from "./discover";
import type { Disk } from "./disk";
import { describeDisks } from "./inventory";
import { metrics } from "./metrics";
import { type Problem, readDisks } from "./read-disks";
import { reportDisk } from "./report-disk";

export default definePlugin({
  id: "smart",
  name: "SMART Disk Health",
  summary: "What hard disks and SSDs say of themselves: failing, unreadable sectors, wear, temperature.",
  category: "storage",
  tier: 1,
  kind: "host",
  needs: [
    "smartctl 7.0 or later: apt install smartmontools",
    "Root for the disks, or this line in /etc/sudoers.d/unity and the setting Use sudo: unity ALL=(root) NOPASSWD: /usr/sbin/smartctl --scan-open -j, /usr/sbin/smartctl -j -x *",
  ],
  intervalSeconds: 600,
  minIntervalSeconds: 60,
  // Four at a time: a shelf of disks that must spin up first is done by then.
  timeoutMs: 240_000,
  config,
  metrics,
  alerts,
  board: [
    meter("smart_passed", "Well", { combine: "min" }),
    meter("smart_temperature_celsius", "Hottest", { max: 90, warn: 50, bad: 60 }),
    meter("smart_endurance_used_ratio", "Most worn", { max: 1, warn: 0.8, bad: 0.9 }),
    // On a machine without disks this is the figure that says so.
    meter("smart_disks", "Disks"),
    states("smart_passed", "Health", "device"),
    table({
      title: "Disks",
      by: "device",
      columns: [
        { metric: "smart_passed", title: "Well" },
        { metric: "smart_temperature_celsius", title: "Temperature" },
        { metric: "smart_pending_sectors", title: "Unreadable" },
        { metric: "smart_reallocated_sectors", title: "Replaced" },
        { metric: "smart_endurance_used_ratio", title: "Worn" },
        { metric: "smart_power_on_seconds", title: "Has run" },
        { metric: "smart_standby", title: "Asleep" },
      ],
      sort: { metric: "smart_passed", ascending: true },
      limit: 200,
    }),
    table({
      title: "Errors",
      by: "device",
      columns: [
        { metric: "smart_error_log_entries", title: "Logged" },
        { metric: "smart_crc_errors_total", title: "Cable" },
        { metric: "smart_media_errors_total", title: "Medium" },
        { metric: "smart_self_test_passed", title: "Self-test" },
        { metric: "smart_self_test_age_power_on_seconds", title: "Tested before" },
      ],
    }),
    chart("Temperature", ["smart_temperature_celsius"]),
    chart("Unreadable and replaced sectors", ["smart_pending_sectors", "smart_reallocated_sectors"]),
    chart("Wear", ["smart_endurance_used_ratio"]),
    chart("Written", ["smart_written_bytes_total"]),
    chart("Read", ["smart_read_bytes_total"]),
  ],
  help: {
    missing_tool: "Install it: apt install smartmontools. In a container it must be in the image.",
    permission: "Reading a disk's SMART data needs root: use sudo as the README says, or run Unity as root.",
    unsupported_version: "Install smartmontools 7.0 or later.",
    not_found: "Check the path: smartctl --scan lists the disks.",
    timeout: "A disk does not answer: look at dmesg, and exclude it until it is replaced.",
    protocol: "Name the disk with its type, such as /dev/sda sat.",
    unreachable: "The disk does not answer: look at dmesg.",
  },
  discover,
  target: (settings) => {
    const all = listDevices(settings).map(({ path }) => path);
    return all.length > 1 ? `${all[0]} and ${all.length - 1} more` : (all[0] ?? "");
  },
  async collect(context, report) {
    const { disks, problems, truncated } = await readDisks(context);
    const attributesOf = createChooser(context.config.attributes);
    for (const disk of disks) reportDisk(report, disk, context.config, attributesOf.choose(disk));
    report("smart_disks", disks.length + problems.length);
    report("smart_disks_truncated", truncated || attributesOf.isTruncated() ? 1 : 0);
    report.inventory(describeDisks(disks, problems));
    const [first] = problems;
    if (first && disks.length === 0) throw first.error;
    tellProblems(report, problems);
  },
});

/** Takes attributes of one disk after the other, until there are too many. */
function createChooser(setting: Parameters<typeof chooseAttributes>[1]) {
  let left = MAX_ATTRIBUTES;
  let truncated = false;
  return {
    choose: (disk: Disk): readonly Attribute[] => {
      if (disk.state === "standby") return [];
      const wanted = chooseAttributes(disk.health.attributes, setting);
      const taken = wanted.slice(0, left);
      left -= taken.length;
      truncated ||= taken.length < wanted.length;
      return taken;
    },
    isTruncated: () => truncated,
  };
}

function tellProblems(report: Report<typeof metrics>, problems: readonly Problem[]): void {
  for (const { error } of problems) report.partial(error.reason, error.message);
}
