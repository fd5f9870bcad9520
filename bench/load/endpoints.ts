import { until } from "../measure/pause";
import type { Api } from "./client";

/** As a rack of ten machines would look: each of them runs a tenth of the services. */
const HOSTS = 10;

export interface EndpointInstance {
  readonly id: string;
  readonly path: string;
}

/**
 * Adds web services that are answered on this machine, and waits until each has run. The overview shows two series of each:
 * whether it is up, and how fast.
 */
export async function addEndpoints(
  api: Api,
  { url, count, intervalSeconds }: { url: string; count: number; intervalSeconds: number },
): Promise<EndpointInstance[]> {
  const instances: EndpointInstance[] = [];
  for (let index = 0; index < count; index++) {
    const path = `/service-${index}`;
    const { id } = await api.plugins.create.mutate({
      plugin: "web-service",
      name: `Service ${index}`,
      host: `rack-${index % HOSTS}`,
      config: { address: `${url}${path}` },
      intervalSeconds,
    });
    instances.push({ id, path });
  }
  await untilAllRan(api);
  return instances;
}

/** Until every instance has had a run since Unity was started. */
export async function untilAllRan(api: Api, since = 0): Promise<void> {
  await until("every instance has run", 60_000, async () => {
    const all = await api.plugins.instances.query();
    return all.every(({ status }) => (status.lastRunAt ?? 0) > since);
  });
}
