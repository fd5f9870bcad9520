import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { collectArrays } from "./arrays";
import { type Config, config } from "./config";
import { type Device, readDevices } from "./devices";
import { collectIo } from "./io";
import { DEVICE_SECONDS, metrics, SPACE_SECONDS } from "./metrics";
import { chooseMounts, type Shown } from "./mounts";
import { parseMounts } from "./parse";
import { collectSpace, type Problem } from "./space";

type Context = CollectContext<Config>;

export default definePlugin({
  id: "disk",
  name: "Disk",
  summary: "Space, inodes, reads and writes, file systems that turned read-only, and Linux software RAID.",
  category: "storage",
  tier: 0,
  kind: "host",
  needs: ["Linux"],
  intervalSeconds: 10,
  autostart: true,
  config,
  metrics,
  alerts,
  board: [
    meter("disk_used_ratio", "Fullest", { combine: "max", warn: 0.8, bad: 0.9 }),
    meter("disk_available_bytes", "Available", { combine: "sum" }),
    states("raid_healthy", "RAID", "array"),
    table({
      title: "File systems",
      by: "mount",
      columns: [
        { metric: "disk_used_ratio", title: "Used" },
        { metric: "disk_available_bytes", title: "Available" },
        { metric: "disk_size_bytes", title: "Size" },
        { metric: "disk_inodes_used_ratio", title: "Inodes" },
        { metric: "disk_readonly", title: "Read-only" },
      ],
    }),
    table({
      title: "Devices",
      by: "device",
      columns: [
        { metric: "disk_io_time_seconds_total", title: "Busy" },
        { metric: "disk_read_bytes_total", title: "Read" },
        { metric: "disk_written_bytes_total", title: "Written" },
        { metric: "disk_reads_total", title: "Reads" },
        { metric: "disk_writes_total", title: "Writes" },
      ],
    }),
    chart("Used", ["disk_used_ratio"]),
    chart("Available", ["disk_available_bytes"]),
    chart("Read", ["disk_read_bytes_total"]),
    chart("Written", ["disk_written_bytes_total"]),
    chart("Busy", ["disk_io_time_seconds_total"]),
    chart("Operations", ["disk_reads_total", "disk_writes_total"]),
    chart("Inodes used", ["disk_inodes_used_ratio"]),
  ],
  help: {
    not_found: "This plugin reads Linux's /proc. In a container, mount the host's and set the folder of proc.",
    permission: "Let the user Unity runs as read the folder, or exclude the mount in the settings.",
    timeout: "The server of a share may be gone. Bring it back, unmount the share (umount -f -l), or exclude it.",
  },
  target: ({ rootPrefix }) => rootPrefix,
  async collect(context, report) {
    const due = context.memory.due("space", SPACE_SECONDS);
    const survey = due ? undefined : context.memory.recall<Survey>("survey")?.value;
    const { shown, devices, problems } = survey ?? (await surveyMachine(context, report));
    if (context.config.includeIo) {
      const problem = await collectIo(context, report, shown, devices);
      if (problem) report.partial(problem.reason, problem.message);
    }

    if (!survey) {
      const arrays = await collectArrays(context, report, problems);
      problems.push(...(await collectSpace(context, report, shown)));
      reportDevices(report, shown, devices, arrays);
      context.memory.keep("survey", { shown, devices, problems } satisfies Survey);
    }
    for (const { reason, message } of problems) report.partial(reason, message);
  },
});

/** What there is to read. Kept between the runs that read space, for those that only read the totals of disks. */
interface Survey {
  readonly shown: readonly Shown[];
  readonly devices: readonly Device[];
  readonly problems: Problem[];
}

async function surveyMachine(context: Context, report: Report<typeof metrics>): Promise<Survey> {
  const problems: Problem[] = [];
  const { mounts, malformed } = parseMounts(await readMountInfo(context));
  if (malformed > 0)
    problems.push({
      reason: "parse",
      message: `mountinfo has ${malformed} lines that make no sense; the rest is good.`,
    });
  const { shown, truncated } = chooseMounts(mounts, context.config);
  report("disk_mounts_truncated", truncated ? 1 : 0);
  const kept = context.memory.due("devices", DEVICE_SECONDS)
    ? []
    : (context.memory.recall<Survey>("survey")?.value.devices ?? []);
  const devices = await readDevices(context, problems, new Map(kept.map((device) => [device.name, device])));
  return { shown, devices, problems };
}

/** Below another folder than /proc, the first process sees the host's mounts; `self` sees those of our container. */
async function readMountInfo(context: Context): Promise<string> {
  const { procRoot } = context.config;
  if (procRoot === "/proc") return context.readFile("/proc/self/mountinfo");
  return context.readFile(`${procRoot}/1/mountinfo`).catch((error: unknown) => {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return context.readFile(`${procRoot}/self/mountinfo`);
  });
}

function reportDevices(
  report: Report<typeof metrics>,
  shown: readonly Shown[],
  devices: readonly Device[],
  arrays: readonly Readonly<Record<string, string | number | null>>[],
): void {
  const described = devices.filter(({ sizeBytes }) => sizeBytes !== undefined && sizeBytes > 0);
  for (const { label, model } of described) if (model !== "") report("disk_info", 1, { device: label, model });
  report.inventory({
    facts: { fileSystems: shown.length, devices: described.length, arrays: arrays.length },
    lists: {
      mounts: shown.map(({ labels, readonly }) => ({ ...labels, readonly })),
      devices: described.map(({ name, label, model, sizeBytes, rotational }) => ({
        device: label,
        kernelName: name,
        model,
        sizeBytes: sizeBytes ?? null,
        rotational: rotational ?? null,
      })),
      arrays,
    },
  });
}
