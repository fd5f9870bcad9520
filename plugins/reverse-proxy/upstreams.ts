import { toLabel } from "../sdk";
import type { Cap, Reported } from "./source";

export interface Upstream {
  readonly name: string;
  /** undefined: nobody checks, or it is in maintenance. */
  readonly up: boolean | undefined;
}
export interface ServiceUpstreams {
  readonly service: string;
  readonly upstreams: readonly Upstream[];
}

/** Reports each upstream whose health is known, and by service how many there are and are up. */
export function reportUpstreams(report: Reported, cap: Cap, services: readonly ServiceUpstreams[]): void {
  const shown = cap(services).map(({ service, upstreams }) => ({ service: toLabel(service), upstreams }));
  for (const { service, upstreams } of shown) {
    const checked = upstreams.filter(({ up }) => up !== undefined);
    report("reverse_proxy_upstreams", upstreams.length, { service });
    if (checked.length > 0)
      report("reverse_proxy_upstreams_healthy", checked.filter(({ up }) => up).length, { service });
  }
  const known = shown.flatMap(({ service, upstreams }) =>
    upstreams.flatMap(({ name, up }) => (up === undefined ? [] : [{ service, upstream: toLabel(name), up }])),
  );
  for (const { up, ...labels } of cap(known)) report("reverse_proxy_upstream_up", up ? 1 : 0, labels);
}
