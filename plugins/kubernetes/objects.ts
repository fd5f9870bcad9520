import { z } from "zod";

/** What all objects have (Kubernetes API, meta/v1), as far as it is read. Absent numbers are 0 in status, by the API's rules. */
export const text = z.string().nullish();
export const count = z.number().nullish();
export const quantities = z.record(z.string(), z.union([z.string(), z.number()])).nullish();
export const condition = z.object({ type: z.string(), status: z.string(), lastTransitionTime: text });

export const metadata = z.object({ name: z.string(), namespace: text, creationTimestamp: text });

/** "2026-01-01T00:00:00Z" as epoch seconds. */
export function toSeconds(instant: string | null | undefined): number | undefined {
  const milliseconds = Date.parse(instant ?? "");
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1_000);
}

interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string | null | undefined };
}

/** Leaves out the namespaces of the settings, and sorts, so that a cap keeps the same ones from run to run. */
export function chosen<T extends Named>(items: readonly T[], excluded: readonly string[]): T[] {
  const key = ({ metadata: { name, namespace } }: T) => `${namespace ?? ""}/${name}`;
  return items
    .filter((item) => !excluded.includes(item.metadata.namespace ?? ""))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
