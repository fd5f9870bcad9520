import type { OverviewInstance } from "@/components/data/outputs";
import { CATEGORY_NAME, type Group } from "@/components/instances/group";
import { Icon } from "@/components/ui/icons";
import type { Samples } from "./concerns";
import { InstanceCard } from "./InstanceCard";
import { InstanceRow } from "./InstanceRow";

interface Props extends Group<OverviewInstance> {
  readonly samples: Samples;
  readonly waiting: ReadonlySet<string>;
  readonly renderedAt: number;
  readonly compact: boolean;
}

/** Cards of one category in the grid of all: small groups share a line, and a group's name stands over its first card. */
export function CardGroup({ category, members, waiting, ...props }: Props) {
  return (
    <ul aria-label={CATEGORY_NAME[category]} className="contents">
      {members.map((instance, index) => (
        <li key={instance.id} className="flex min-w-0 flex-col">
          {index === 0 ? <GroupName category={category} /> : <span className="h-2.5 sm:h-7" />}
          <InstanceCard instance={instance} waiting={waiting.has(instance.id)} {...props} />
        </li>
      ))}
    </ul>
  );
}

export function RowGroup({ category, members, waiting, ...props }: Props) {
  return (
    <div>
      <GroupName category={category} />
      <ul aria-label={CATEGORY_NAME[category]} className="overflow-hidden rounded-xl border border-line bg-surface">
        {members.map((instance) => (
          <InstanceRow key={instance.id} instance={instance} waiting={waiting.has(instance.id)} {...props} />
        ))}
      </ul>
    </div>
  );
}

/** For the eye; the list says its name itself. */
function GroupName({ category }: Pick<Props, "category">) {
  return (
    <span aria-hidden="true" className="flex h-7 items-center gap-1.5 text-xs font-medium text-muted">
      <Icon name={category} size={14} />
      {CATEGORY_NAME[category]}
    </span>
  );
}
