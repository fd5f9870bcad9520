import type { TestResult } from "../data/outputs";
import { formatExact } from "../format";
import { fieldText, valueText } from "../instance/inventory-text";

type Inventory = NonNullable<TestResult["inventory"]>;

/** What it is, beside its numbers: facts, and how long its lists are. */
export function InventoryFacts({ inventory: { facts, lists }, now }: { inventory: Inventory; now: number }) {
  const rows: [string, string][] = [
    ...Object.entries(facts).map(([key, value]): [string, string] => {
      const { title, unit } = fieldText(key);
      return [title, valueText(value, unit, now)];
    }),
    // A plugin that counts a list itself has said it above.
    ...Object.entries(lists)
      .filter(([name]) => !Object.hasOwn(facts, name))
      .map(([name, list]): [string, string] => [fieldText(name).title, formatExact(list.length)]),
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
