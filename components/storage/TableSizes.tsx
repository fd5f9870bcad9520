import type { Stored } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { Value } from "@/components/ui/Value";

/** Every table with its size on disk, indexes included. */
export function TableSizes({ tables }: { tables: Stored["tables"] }) {
  const most = Math.max(1, ...tables.map(({ bytes }) => bytes));
  return (
    <Card padding="none">
      <ul className="py-1.5">
        {tables.map(({ name, bytes, samples }) => (
          <li key={name} className="flex h-8 items-center gap-3 px-4 text-sm">
            <code className="min-w-0 truncate text-xs">{name}</code>
            <span aria-hidden="true" className="ms-auto h-1 w-16 shrink-0 overflow-hidden rounded-full bg-track">
              <span
                className={`block h-full rounded-full ${bytes > 0 ? "min-w-0.5" : ""} ${samples ? "bg-accent" : "bg-idle-fill"}`}
                style={{ width: `${(bytes / most) * 100}%` }}
              />
            </span>
            <Value value={bytes} unit="bytes" className="w-17 shrink-0 text-right" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
