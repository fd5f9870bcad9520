import type { AlertAnalysis } from "./shapes/alert-analysis";

/** What a suggestion is made from. */
export type Situation = Pick<
  AlertAnalysis,
  "plugin" | "metric" | "labels" | "unit" | "current" | "threshold" | "baseline" | "trend" | "moved"
> & {
  readonly instanceName: string;
  readonly host: string;
  /** Why the newest runs fail, where they do. */
  readonly failure: { readonly message: string; readonly hint: string | null } | null;
  /** Other instances of the same host that fail now, by name. */
  readonly failingBeside: readonly string[];
};

interface Advice {
  readonly id: string;
  /** By the metric's name. */
  readonly metrics?: RegExp;
  readonly when?: (situation: Situation) => boolean;
  readonly text: (situation: Situation) => string;
}

const isHeading = ({ trend }: Situation) => trend !== null && trend.secondsToThreshold !== null;
/** It is as it always is at this hour. */
const isUsual = ({ baseline }: Situation) =>
  baseline !== null && baseline.distance !== null && Math.abs(baseline.distance) < 2;
const named =
  (label: string, otherwise: string) =>
  ({ labels }: Situation) =>
    labels[label] || otherwise;
const mount = named("mount", "the file system");
const container = named("container", "the container");
const device = named("device", "the disk");

/** The first that fits says what to do. One more kind of metric is one more line, before those that fit anything. */
const ADVICE: readonly Advice[] = [
  {
    id: "host-down",
    when: ({ failure, failingBeside }) => failure !== null && failingBeside.length > 0,
    text: ({ host, failingBeside }) =>
      `Look at ${host} itself before this service: ${failingBeside.length + 1} instances of it fail at the same time. Check that it has power, runs and is reachable.`,
  },
  {
    id: "cannot-ask",
    when: ({ failure }) => failure !== null,
    text: ({ failure, instanceName }) =>
      failure?.hint ?? `Check that ${instanceName} runs and that Unity may ask it. Its last run says why it failed.`,
  },
  {
    id: "disk-read-only",
    metrics: /readonly|read_only/,
    text: (one) =>
      `${mount(one)} is mounted read-only. The kernel does that after disk errors: look at dmesg and at the SMART values before mounting it again.`,
  },
  {
    id: "inodes",
    metrics: /inodes/,
    text: (one) =>
      `${mount(one)} runs out of files, not of bytes: find the folder with very many small files (caches, sessions, mail queues) and empty it.`,
  },
  {
    id: "disk-filling",
    metrics:
      /^(disk|storage_pool|storage_dataset)_.*(used_ratio|available_bytes|free_bytes|used_bytes)$|_volume_.*used|_disk_.*used/,
    when: isHeading,
    text: (one) =>
      `${mount(one)} is filling. See what grew in the past hours (du -xh --max-depth=2, old snapshots, logs, container images), remove it or stop what writes it; else make the volume larger before it is full.`,
  },
  {
    id: "disk-full",
    metrics:
      /^(disk|storage_pool|storage_dataset)_.*(used_ratio|available_bytes|free_bytes|used_bytes)$|_volume_.*used|_disk_.*used/,
    text: (one) =>
      `${mount(one)} is full but does not grow now. Remove what is not needed (old snapshots, logs, container images) or make it larger; nothing has to be done in a hurry.`,
  },
  {
    id: "pool-degraded",
    metrics: /^(storage_pool|disk_array|storage_device|storage_scrub)_/,
    text: () =>
      "Redundancy is lost or in doubt: find the device that is named in the labels or the inventory, make sure that there is a fresh backup, then replace it.",
  },
  {
    id: "memory",
    metrics: /memory|swap|oom/,
    text: (one) =>
      one.labels.container
        ? `${container(one)} reaches its memory limit: look for a leak in its logs since it rose, then raise the limit or restart it.`
        : "Memory runs out: find the process that grew (the process plugin's top list, ps --sort=-rss) and restart or limit it before the kernel kills one.",
  },
  {
    id: "container-restarts",
    metrics: /^docker_container_(restart|oom|exit|down|running|healthy|health)/,
    text: (one) =>
      `Read the last lines of ${container(one)} (docker logs --tail 100) and its exit code: 137 is a kill for want of memory, 1 mostly a wrong configuration. What changed just before, an image or a setting, is the first suspect.`,
  },
  {
    id: "certificate",
    metrics: /^certificate_|_certificate_|tls_.*expir/,
    text: (one) =>
      `Renew the certificate of ${one.labels.target || "this address"}, or see why its automatic renewal did not run (certbot renew --dry-run, the proxy's log); then load it into the server.`,
  },
  {
    id: "backup",
    metrics: /^backup_/,
    text: (one) =>
      `Run the backup ${one.labels.job || "of this place"} by hand and read what it says: mostly the repository is full, locked by a run that was killed, or cannot be reached.`,
  },
  {
    id: "ups",
    metrics: /^ups_/,
    text: ({ metric }) =>
      metric?.includes("replace")
        ? "Order a new battery: the UPS says that this one does not hold."
        : "See whether the mains are back. While it is on battery, shut down what is not needed first, in the order that the time left allows.",
  },
  {
    id: "smart",
    metrics: /^smart_/,
    text: (one) =>
      `Make sure that the backup of what lies on ${device(one)} is fresh, then have it tested (smartctl -t long). Sectors that become more, or a failed verdict, mean: replace it.`,
  },
  {
    id: "temperature",
    metrics: /temperature|celsius/,
    text: () =>
      "Check fans and dust, and whether the room is warmer than usual. If the load rose at the same time, that is the reason: see what moved.",
  },
  {
    id: "busy",
    metrics: /cpu|load|pressure|_busy_|_io_time_/,
    when: (one) => !isUsual(one),
    text: ({ moved }) =>
      moved.length > 0
        ? "Something began to work: what moved at the same time, below, is the first suspect. See whether it is a job that ends by itself."
        : "Something began to work that is not watched one by one: see the top processes of the machine.",
  },
  {
    id: "not-answering",
    metrics: /_up$|probe_success|reachable|_running$|_online$|connected/,
    text: ({ instanceName }) =>
      `See whether ${instanceName} runs and what its log says last. If it does, look at what lies between: name resolution, firewall, proxy.`,
  },
  {
    id: "slow",
    metrics: /latency|duration|response|_rtt_|ping/,
    when: (one) => !isUsual(one),
    text: () =>
      "See whether the machine behind it is busy or its network lossy: what moved at the same time says which.",
  },
  {
    id: "as-always",
    when: isUsual,
    text: () =>
      "It is what it always is at this hour. If nobody minds that, the threshold is too tight: move it, or let the condition hold for longer before it fires.",
  },
  {
    id: "look-at-moved",
    when: ({ moved }) => moved.length > 0,
    text: () => "Look at what moved at the same time: what changed first is the first suspect.",
  },
  {
    id: "watch",
    text: () =>
      "Nothing else moved with it. See what changed on the machine at that time: an update, a setting, a new job.",
  },
];

/** The suggestion with what it rests on. Pure, and the same for the same situation. */
export function suggest(situation: Situation): AlertAnalysis["suggestion"] {
  const fits = ({ metrics, when }: Advice) =>
    (metrics === undefined || (situation.metric !== null && metrics.test(situation.metric))) &&
    (when === undefined || when(situation));
  const advice = ADVICE.find(fits);
  return {
    id: advice?.id ?? "watch",
    text: advice?.text(situation) ?? "",
    evidence: listEvidence(situation),
  };
}

/** More than a page shows at a glance. */
const MOST_MOVED = 3;

function listEvidence({ current, threshold, baseline, trend, moved, failure, failingBeside }: Situation): string[] {
  const word = {
    above: "above",
    below: "below",
    equal: "equal to",
    unequal: "other than",
    outside: "outside",
  } as const;
  const against =
    current && threshold
      ? [
          threshold.comparison
            ? `It is ${current.text}; the rule fires when it is ${word[threshold.comparison]} ${threshold.text}.`
            : `It is ${current.text}; the limit is ${threshold.text}.`,
        ]
      : [];
  return [
    ...(failure ? [failure.message] : []),
    ...(failingBeside.length > 0 ? [`Failing on the same host: ${failingBeside.join(", ")}.`] : []),
    ...against,
    ...(baseline ? [baseline.sentence] : []),
    ...(trend ? [trend.sentence] : []),
    ...moved.slice(0, MOST_MOVED).map(({ sentence }) => sentence),
  ];
}
