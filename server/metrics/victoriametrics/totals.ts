import type { Server } from "./server";

export interface Totals {
  readonly samples: number;
  readonly bytes: number;
  /** As "1y". */
  readonly serverKeeps: string | null;
  readonly tables: readonly { readonly name: string; readonly bytes: number }[];
}

const RETENTION = /^flag\{name="retentionPeriod", *value="([^"]+)"/;
const LINE = /^(vm_rows|vm_data_size_bytes)\{type="([^"]+)"\} (\S+)$/;

/** What the server says about itself. It counts everything it has, whoever wrote it: of one database it cannot tell without reading it. */
export async function readTotals({ connection }: Server): Promise<Totals> {
  const text = await connection.send("GET", "/metrics");
  let samples = 0;
  let data = 0;
  let index = 0;
  let serverKeeps: string | null = null;
  for (const line of text.split("\n")) {
    serverKeeps ??= toPeriod(RETENTION.exec(line)?.[1]);
    const [, name, type = "", figure] = LINE.exec(line) ?? [];
    if (name === "vm_rows" && type.startsWith("storage/")) samples += Number(figure);
    else if (name === "vm_data_size_bytes" && type.startsWith("indexdb")) index += Number(figure);
    else if (name === "vm_data_size_bytes") data += Number(figure);
  }
  const tables = [
    { name: "samples", bytes: data },
    { name: "index", bytes: index },
  ];
  return { samples, bytes: data + index, serverKeeps, tables };
}

/** A number alone means months. */
function toPeriod(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!/^\d+$/.test(value)) return value;
  return value === "1" ? "1 month" : `${value} months`;
}
