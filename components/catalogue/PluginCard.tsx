import Link from "next/link";
import type { CatalogueEntry } from "../data/outputs";
import { Icon } from "../ui/icons";
import { PluginIcon } from "./PluginIcon";
import { UseBadge } from "./UseBadge";
import { kindName, tierName } from "./words";

/** One plugin: what it is in a sentence, how its instances are, what it reads and needs. All of the card is the link. */
export function PluginCard({ entry }: { entry: CatalogueEntry }) {
  const { id, name, summary, tier, kind, needs, instances } = entry;
  return (
    <article
      data-row
      className="group/plugin relative flex min-w-0 flex-col gap-2 rounded-xl border border-line bg-surface p-3.5 shadow-card transition-colors hover:border-line-strong hover:bg-hover"
    >
      <div className="flex min-h-7 items-center gap-2.5">
        <span
          className={`flex size-7 shrink-0 items-center justify-center rounded-lg ${instances > 0 ? "bg-accent-soft text-accent" : "bg-raised text-muted group-hover/plugin:text-ink"}`}
        >
          <PluginIcon id={id} size={17} />
        </span>
        <h3 className="min-w-0 flex-1 truncate text-sm font-semibold" title={name}>
          <Link href={`/catalogue/${id}`} className="row-link after:rounded-xl">
            {name}
          </Link>
        </h3>
        <UseBadge entry={entry} />
      </div>
      <p className="line-clamp-3 min-h-10 text-sm text-pretty text-muted">{summary}</p>
      <div className="mt-auto flex min-w-0 items-center gap-1.5 text-xs text-muted">
        <Icon name={kind === "host" ? "host" : "network"} size={13} label={kindName(kind)} />
        <span className="shrink-0">{tierName(tier)}</span>
        {needs.length > 0 ? (
          <span className="min-w-0 truncate" title={`Needs: ${needs.join("; ")}`}>
            · Needs {lowerFirst(needs.join(", "))}
          </span>
        ) : null}
      </div>
    </article>
  );
}

/** "A role" after "Needs" is "a role"; "PostgreSQL" and "Linux" stay names. */
const lowerFirst = (text: string) => text.replace(/^(A|An|The|For|Read|Access)\b/, (word) => word.toLowerCase());
