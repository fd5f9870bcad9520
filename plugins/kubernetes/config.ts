import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

/** Kubernetes' own names: DNS labels. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const namespaces = () => z.array(z.string().trim().regex(NAMESPACE, "This is no name of a namespace.")).max(100);

export const config = z
  .object({
    kubeconfig: secret().max(1_000_000).optional().meta({
      secret: true,
      title: "kubeconfig",
      description: "Its text, as of ~/.kube/config. Certificates must be in it (…-data), not in files.",
      format: "multiline",
    }),
    kubeconfigPath: z.string().trim().startsWith("/").optional().meta({
      title: "kubeconfig file",
      description: "Instead of the text: a file of this machine.",
      placeholder: "/etc/rancher/k3s/k3s.yaml",
    }),
    context: z
      .string()
      .optional()
      .meta({ title: "Context", description: "Of the kubeconfig. Empty: its current one." }),
    inCluster: z.boolean().default(false).meta({
      title: "Inside the cluster",
      description: "Unity runs as a pod: use its service account.",
    }),
    server: serviceUrl().optional().meta({
      title: "API server",
      description: "With a token, instead of a kubeconfig.",
      placeholder: "https://k8s.lab:6443",
    }),
    token: secret()
      .optional()
      .meta({ secret: true, title: "Token", description: "Of a service account; see the README." }),
    namespaces: namespaces()
      .default([])
      .meta({ title: "Namespaces", description: "Empty: all, which needs a ClusterRole." }),
    excludeNamespaces: namespaces().default([]).meta({ title: "Excluded namespaces" }),
    collectMetrics: z.boolean().default(true).meta({
      title: "Use of nodes",
      description: "CPU and memory, where the cluster has a metrics-server.",
    }),
    collectVolumes: z.boolean().default(true).meta({
      title: "Fill of volumes",
      description: "Asks each kubelet every five minutes; needs the right nodes/proxy.",
    }),
    allowExec: z.boolean().default(false).meta({
      title: "Allow programs of the kubeconfig",
      description: "Some kubeconfigs name a program that makes the token. It runs as the user Unity runs as.",
      advanced: true,
    }),
    maxItems: z
      .int()
      .min(1)
      .max(2_000)
      .default(500)
      .meta({ title: "Items at most", description: "Of each kind so many are shown one by one.", advanced: true }),
    tls: tlsOptions(),
    headers: headerMap(),
  })
  .superRefine(({ kubeconfig, kubeconfigPath, inCluster, server, token }, { addIssue }) => {
    const ways = [kubeconfig !== undefined, kubeconfigPath !== undefined, inCluster, token !== undefined];
    const message = "Choose one way: a kubeconfig, its file, inside the cluster, or API server with token.";
    if (ways.filter(Boolean).length !== 1) addIssue({ code: "custom", path: ["kubeconfig"], message });
    else if (token !== undefined && server === undefined)
      addIssue({ code: "custom", path: ["server"], message: "The token needs the address of the API server." });
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
