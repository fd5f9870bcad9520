import { chart, days, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { eachAtOnce } from "./at-once";
import { config, listTargets } from "./config";
import { discover } from "./discover";
import { inventoryOf } from "./inventory";
import { metrics } from "./metrics";
import { probeFiles } from "./probe-files";
import { probeTarget } from "./probe-target";
import { reportCertificate } from "./report-certificate";
import type { Probed } from "./seen";

/** So many targets are looked at at the same time: 200 that hang for 10 s are done within the run's time. */
const AT_ONCE = 20;

export default definePlugin({
  id: "certificate",
  name: "Certificates",
  summary: "Warns before a certificate expires or stops to hold: TLS, STARTTLS and files on this machine.",
  category: "security",
  tier: 1,
  kind: "network",
  needs: ["For files: read access to them"],
  intervalSeconds: 3_600,
  minIntervalSeconds: 60,
  timeoutMs: 120_000,
  config,
  metrics,
  alerts,
  board: [
    meter("certificate_remaining_seconds", "Days left", {
      combine: "min",
      warn: days(30),
      bad: days(7),
      lowIsBad: true,
    }),
    states("certificate_probe_success", "Readable", "target"),
    table({
      title: "Certificates",
      by: "target",
      columns: [
        { metric: "certificate_remaining_seconds", title: "Left" },
        { metric: "certificate_expiry_timestamp_seconds", title: "Expires" },
        { metric: "certificate_remaining_ratio", title: "Of its life" },
        { metric: "certificate_chain_valid", title: "Trusted" },
        { metric: "certificate_hostname_match", title: "Right name" },
      ],
      sort: { metric: "certificate_remaining_seconds", ascending: true },
      limit: 200,
    }),
    chart("Time left", ["certificate_remaining_seconds"]),
    chart("Handshake", ["certificate_handshake_duration_seconds"]),
  ],
  help: {
    permission: "Let the user Unity runs as read the certificate files, for instance through a group.",
  },
  discover,
  target: (settings) => {
    const all = [...listTargets(settings).map(({ label }) => label), ...settings.files];
    return all.length > 1 ? `${all[0]} and ${all.length - 1} more` : (all[0] ?? "");
  },
  async collect(context, report) {
    const { maxItems, verifyChain } = context.config;
    const targets = listTargets(context.config);
    const probed: Probed[] = [];
    // At once, so that what was read stays when the run's time is over.
    const tell = (one: Probed) => {
      probed.push(one);
      report("certificate_probe_success", one.ok ? 1 : 0, { target: one.label, protocol: one.protocol });
      if (one.ok) reportCertificate(context, report, one);
      else report.partial(one.reason, one.message);
    };
    await eachAtOnce(AT_ONCE, targets.slice(0, maxItems), async (target) => tell(await probeTarget(context, target)));
    const { truncated } = await probeFiles(context, Math.max(0, maxItems - targets.length), tell);
    report("certificates_truncated", targets.length > maxItems || truncated ? 1 : 0);
    report.inventory(inventoryOf(probed, verifyChain));
    for (const one of probed) if (!one.ok && one.fault !== undefined) throw one.fault;
  },
});
