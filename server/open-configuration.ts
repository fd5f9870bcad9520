import { type AlertFileParts, createAlertFiles } from "./alerts/alert-file";
import type { NotifyBook } from "./alerts/notify/notify-book";
import type { AuditLog } from "./auth/audit-log";
import type { Clock } from "./clock";
import type { Cluster } from "./cluster/cluster";
import { type ConfigurationParts, createConfiguration } from "./configuration/configuration";
import { createProvisioner } from "./configuration/provision/provisioner";
import type { Connection } from "./db/database";
import type { Log } from "./log";
import type { UnityParts } from "./unity-parts";

interface Parts extends Omit<AlertFileParts, "muting" | "notifier" | "connection" | "clock"> {
  readonly connection: Connection;
  readonly registry: ConfigurationParts["registry"];
  readonly instances: ConfigurationParts["instances"];
  readonly muting: AlertFileParts["muting"] & ConfigurationParts["muting"];
  readonly notifier: { readonly book: NotifyBook };
  readonly retention: ConfigurationParts["retention"];
  readonly cluster: Pick<Cluster, "leads" | "tell">;
  readonly audit: Pick<AuditLog, "record">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly provision?: UnityParts["provision"];
}

/** What people set, as files: those that they bring and take, and the folder that is applied. */
export function openConfiguration(parts: Parts) {
  const { connection, registry, cluster, audit, clock, log, notifier, provision } = parts;
  const alertFiles = createAlertFiles(parts);
  const configuration = createConfiguration({
    ...parts,
    alertFiles,
    told: () => cluster.tell({ kind: "settings" }),
  });
  const provisioner = createProvisioner({
    ...(provision ?? { folder: undefined, prunes: false }),
    ...{ connection, configuration, registry, key: notifier.book.key, audit, clock, log },
    leads: () => cluster.leads(),
  });
  return { alertFiles, configuration, provisioner };
}
export type OpenedConfiguration = ReturnType<typeof openConfiguration>;
