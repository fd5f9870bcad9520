import Link from "next/link";
import type { PluginDetail } from "../data/outputs";
import { CATEGORY_NAME } from "../instances/group";
import { Badge } from "../ui/Badge";
import { PageHeader } from "../ui/PageHeader";
import { PluginIcon } from "./PluginIcon";
import { kindName, tierName } from "./words";

/** So many instances are named; a hundred certificates belong on their own page. */
const NAMED = 6;

/** What a plugin is: one sentence, what it needs, and where it is in use. */
export function PluginHeader({ plugin }: { plugin: PluginDetail }) {
  const { id, name, summary, category, tier, kind, needs, existing, told } = plugin;
  return (
    <div className="flex flex-col gap-2">
      <PageHeader
        title={name}
        parent={{ href: "/catalogue", name: "Catalogue" }}
        status={<PluginIcon id={id} size={24} className="text-accent" />}
        facts={
          <>
            <Badge>{CATEGORY_NAME[category]}</Badge>
            <Badge>{tierName(tier)}</Badge>
            <Badge>{told ? "Is pushed to" : kindName(kind)}</Badge>
          </>
        }
      />
      <p className="max-w-3xl text-sm text-pretty text-muted">{summary}</p>
      {needs.length > 0 ? (
        <p className="max-w-3xl text-sm text-pretty">
          <span className="text-muted">Needs </span>
          {needs.join(" · ")}
        </p>
      ) : null}
      {existing.length > 0 ? (
        <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
          <span className="text-muted">In use as</span>
          {existing.slice(0, NAMED).map((instance) => (
            <Link
              key={instance.id}
              href={`/instances/${instance.id}`}
              className="font-medium break-all text-accent hover:underline"
            >
              {instance.name}
            </Link>
          ))}
          {existing.length > NAMED ? <span className="text-muted">and {existing.length - NAMED} more</span> : null}
        </p>
      ) : null}
    </div>
  );
}
