import type { TestResult } from "../data/outputs";
import { formatExact } from "../format";
import { humanName } from "../names";

type Inventory = NonNullable<TestResult["inventory"]>;

/** What it is, beside its numbers: facts, and how long its lists are. */
export function InventoryFacts({ inventory: { facts, lists } }: { inventory: Inventory }) {
  const rows: [string, string][] = [
    ...Object.entries(facts).map(([name, value]): [string, string] => [humanName(name), textOf(value)]),
    // A plugin that counts a list itself has said it above.
    ...Object.entries(lists)
      .filter(([name]) => !Object.hasOwn(facts, name))
      .map(([name, list]): [string, string] => [humanName(name), formatExact(list.length)]),
  ];
  if (rows.length === 0) return null;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {rows.map(([name, text]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{name}</dt>
          <dd className="num min-w-0 text-right break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function textOf(value: string | number | boolean | null): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null || value === "" ? "–" : String(value);
}
