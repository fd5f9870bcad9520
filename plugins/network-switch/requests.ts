import type { Session, Varbind } from "net-snmp";
import type { Value } from "./ask";
import { isAbsent, readValue } from "./read-value";

interface WalkOptions {
  readonly limit: number;
  readonly maxRepetitions: number;
  readonly version: string;
}

/** Version 1 refuses a whole question for one object that is not there, so there each is asked alone. */
export async function askObjects(session: Session, oids: readonly string[], alone: boolean): Promise<Value[]> {
  if (!alone) return (await get(session, oids)).map(readValue);
  const values: Value[] = [];
  for (const oid of oids) values.push(await getAlone(session, oid));
  return values;
}

async function getAlone(session: Session, oid: string): Promise<Value> {
  try {
    const [varbind] = await get(session, [oid]);
    return varbind ? readValue(varbind) : null;
  } catch (error) {
    if (isNoSuchName(error)) return null;
    throw error;
  }
}

/**
 * The rows of a column, up to a limit. An agent that does not count upwards would be walked for ever, so the walk ends there.
 * GETBULK (RFC 3416) where there is such a thing, else GETNEXT.
 */
export async function walkColumn(
  session: Session,
  column: string,
  { limit, maxRepetitions, version }: WalkOptions,
): Promise<[string, Value][]> {
  const rows: [string, Value][] = [];
  let last = column;
  while (rows.length < limit) {
    const batch = version === "1" ? await next(session, last) : await bulk(session, last, maxRepetitions);
    if (batch.length === 0) return rows;
    for (const varbind of batch) {
      const isPast = isAbsent(varbind) || !varbind.oid.startsWith(`${column}.`) || !isAfter(varbind.oid, last);
      if (isPast || rows.length >= limit) return rows;
      rows.push([varbind.oid.slice(column.length + 1), readValue(varbind)]);
      last = varbind.oid;
    }
  }
  return rows;
}

function get(session: Session, oids: readonly string[]): Promise<Varbind[]> {
  return new Promise((resolve, reject) => {
    session.get([...oids], (error, varbinds) => (error ? reject(error) : resolve(varbinds ?? [])));
  });
}

function bulk(session: Session, oid: string, maxRepetitions: number): Promise<Varbind[]> {
  return new Promise((resolve, reject) => {
    session.getBulk([oid], 0, maxRepetitions, (error, varbinds) =>
      error ? reject(error) : resolve((varbinds ?? []).flat()),
    );
  });
}

/** The end of everything is, in version 1, an object that is not there. */
function next(session: Session, oid: string): Promise<Varbind[]> {
  return new Promise((resolve, reject) => {
    session.getNext([oid], (error, varbinds) => {
      if (error && !isNoSuchName(error)) reject(error);
      else resolve(error ? [] : (varbinds ?? []));
    });
  });
}

const isNoSuchName = (error: unknown) => error instanceof Error && /NoSuchName/i.test(error.message);

function isAfter(oid: string, other: string): boolean {
  const left = oid.split(".").map(Number);
  const right = other.split(".").map(Number);
  for (const [index, part] of left.entries()) {
    const rival = right[index];
    if (rival === undefined || part > rival) return true;
    if (part < rival) return false;
  }
  return false;
}
