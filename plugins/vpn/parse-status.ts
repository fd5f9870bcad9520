import { CollectError } from "../sdk";

export interface Client {
  readonly name: string;
  readonly receivedBytes: number | undefined;
  readonly sentBytes: number | undefined;
  /** Unix seconds. */
  readonly sinceSeconds: number | undefined;
}
export type Status =
  /** A server with its clients. */
  | {
      readonly role: "server";
      readonly clients: readonly Client[];
      readonly version: string;
      readonly atSeconds: number | undefined;
    }
  /** A client, with what passed its tunnel. */
  | { readonly role: "client"; readonly receivedBytes: number | undefined; readonly sentBytes: number | undefined };

/**
 * What OpenVPN's `status` prints, or writes into a status file: versions 1 (commas, the default of files), 2 (commas) and 3 (tabs). Columns are
 * found by the names above them, since later versions have more of them.
 *
 * @throws CollectError `parse`
 */
export function parseStatus(lines: readonly string[]): Status {
  const text = lines.map((line) => line.trimEnd()).filter((line) => line !== "" && line !== "END");
  const [first = ""] = text;
  if (/^OpenVPN STATISTICS/.test(first)) return parseClient(text);
  if (/^OpenVPN CLIENT LIST/.test(first))
    return { role: "server", version: "", atSeconds: undefined, clients: parseOld(text) };
  if (/^TITLE[\t,]/.test(first)) return parseServer(text, first.charAt("TITLE".length));
  throw new CollectError("parse", `OpenVPN told something else than its status: ${first.slice(0, 100)}`);
}

function parseServer(lines: readonly string[], separator: string): Status {
  const rows = lines.map((line) => line.split(separator));
  const columns = rows.find(([kind, of]) => kind === "HEADER" && of === "CLIENT_LIST")?.slice(2) ?? [];
  const [, title = ""] = rows[0] ?? [];
  const time = Number(rows.find(([kind]) => kind === "TIME")?.at(-1));
  const clients = rows
    .filter(([kind]) => kind === "CLIENT_LIST")
    .map((row) => clientOf(new Map(columns.map((column, index) => [column, row[index + 1] ?? ""]))));
  return {
    role: "server",
    clients: clients.filter(isKnown),
    version: /OpenVPN (\d[\w.]*)/.exec(title)?.[1] ?? "",
    atSeconds: Number.isFinite(time) && time > 0 ? time : undefined,
  };
}

/** Version 1: columns stand above the list, which ends with the routing table. */
function parseOld(lines: readonly string[]): Client[] {
  const head = lines.findIndex((line) => line.startsWith("Common Name,"));
  const end = lines.findIndex((line) => line.startsWith("ROUTING TABLE"));
  const columns = (lines[head] ?? "").split(",");
  return lines
    .slice(head + 1, end < 0 ? undefined : end)
    .map((line) => line.split(","))
    .map((row) => clientOf(new Map(columns.map((column, index) => [column, row[index] ?? ""]))))
    .filter(isKnown);
}

function parseClient(lines: readonly string[]): Status {
  const values = new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(",")), line.slice(line.lastIndexOf(",") + 1)]),
  );
  return {
    role: "client",
    receivedBytes: toNumber(values.get("TCP/UDP read bytes")),
    sentBytes: toNumber(values.get("TCP/UDP write bytes")),
  };
}

const clientOf = (row: ReadonlyMap<string, string>): Client => ({
  name: row.get("Common Name") ?? "",
  receivedBytes: toNumber(row.get("Bytes Received")),
  sentBytes: toNumber(row.get("Bytes Sent")),
  sinceSeconds: toNumber(row.get("Connected Since (time_t)")),
});

/** UNDEF has not said who it is yet. */
const isKnown = ({ name }: Client) => name !== "" && name !== "UNDEF";
const toNumber = (text: string | undefined) =>
  text !== undefined && /^\d{1,19}$/.test(text) ? Number(text) : undefined;
