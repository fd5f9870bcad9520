import { matchesAny } from "../sdk";
import type { Config } from "./config";
import type { Container } from "./parse";

type Choice = Pick<Config, "include" | "exclude" | "maxContainers">;

/** Leaves out what the settings and the containers' own label leave out, and caps: running ones are kept first. */
export function chooseContainers(
  all: readonly Container[],
  { include, exclude, maxContainers }: Choice,
): { wanted: Container[]; shown: Container[] } {
  const wanted = all
    .filter(({ name }) => include.length === 0 || matchesAny(name, include))
    .filter(({ name, labels }) => !matchesAny(name, exclude) && labels["unity.ignore"] !== "true")
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return { wanted, shown: wanted.slice(0, maxContainers) };
}

const rank = ({ state }: Container) => (state === "running" ? 0 : 1);

/** Docker Compose's project; podman-compose puts it under a name of its own. */
export function composeProjectOf(labels: Container["labels"]): string {
  return labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"] ?? "";
}
