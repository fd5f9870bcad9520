import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** What k3s, kubeadm, MicroK8s and RKE2 leave for their administrator. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    type: "file",
    paths: [
      "/etc/rancher/k3s/k3s.yaml",
      "/etc/rancher/rke2/rke2.yaml",
      "/etc/kubernetes/admin.conf",
      "/var/snap/microk8s/current/credentials/client.config",
    ],
    config: ({ path }) => ({ kubeconfigPath: path }),
  },
];
