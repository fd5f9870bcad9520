import { Icon } from "../ui/icons";
import { CARD_GRID } from "./card-grid";
import { PluginCard } from "./PluginCard";
import type { CategoryGroup } from "./search-plugins";

/** Cards by category. A category is as wide as it has cards, so that several small ones share a row. */
export function CategorySections({ groups }: { groups: readonly CategoryGroup[] }) {
  return (
    <div className="@container">
      <div className={`gap-y-5 ${CARD_GRID}`}>
        {groups.map(({ category, name, entries }) => (
          <section
            key={category}
            aria-label={name}
            className="grid grid-cols-subgrid content-start gap-y-3"
            style={{ gridColumn: `span min(${entries.length}, var(--columns))` }}
          >
            <h2 className="col-span-full -mb-1 flex items-center gap-2 text-xs font-medium text-muted">
              <Icon name={category} size={14} />
              {name}
            </h2>
            {entries.map((entry) => (
              <PluginCard key={entry.id} entry={entry} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}
