import Link from "next/link";
import type { CatalogueEntry } from "../data/outputs";
import { Badge } from "../ui/Badge";
import { PluginIcon } from "./PluginIcon";
import { instancesText, tierName } from "./words";

/** One plugin: what it is in a sentence, what it needs, how many there are. All of the card is the link. */
export function PluginCard({ entry }: { entry: CatalogueEntry }) {
  const { id, name, summary, tier, needs, instances } = entry;
  return (
    <article className="relative flex min-w-0 flex-col gap-2 rounded-xl border border-line bg-surface p-3.5 shadow-card transition-colors hover:border-line-strong hover:bg-hover">
      <div className="flex items-center gap-2.5">
        <PluginIcon id={id} size={20} className="text-accent" />
        <h3 className="min-w-0 flex-1 truncate text-sm font-semibold">
          <Link href={`/catalogue/${id}`} className="row-link after:rounded-xl">
            {name}
          </Link>
        </h3>
        {instances > 0 ? <Badge tone="accent">{instancesText(instances)}</Badge> : null}
      </div>
      <p className="line-clamp-3 min-h-10 text-sm text-pretty text-muted">{summary}</p>
      <p
        className="mt-auto line-clamp-2 text-xs text-muted"
        title={needs.length > 0 ? `Needs: ${needs.join("; ")}` : undefined}
      >
        {tierName(tier)}
        {needs.length > 0 ? <> · Needs {lowerFirst(needs.join(", "))}</> : null}
      </p>
    </article>
  );
}

/** "A role" after "Needs" is "a role"; "PostgreSQL" and "Linux" stay names. */
const lowerFirst = (text: string) => text.replace(/^(A|An|The|For|Read|Access)\b/, (word) => word.toLowerCase());
