import { iconOf } from "@/components/catalogue/PluginIcon";
import type { InstanceSummary } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import type { Column } from "@/components/ui/DataTable";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { stateMark } from "@/components/ui/state-mark";
import { STATE_TONE, STATES, stateOf, stateWord } from "./state";

/** Rows are as high as one line: more tags are in the hover. */
const TAGS_SHOWN = 1;

/** The columns of the list. As few elements as can be: there are hundreds of rows. @param renderedAt what the server took for now */
export function instanceColumns(
  renderedAt: number,
  actions: (instance: InstanceSummary) => React.ReactNode,
): Column<InstanceSummary>[] {
  return [
    {
      key: "state",
      title: "State",
      sortBy: (instance) => STATES.indexOf(stateOf(instance)),
      look: (instance) => ({
        className: stateMark(STATE_TONE[stateOf(instance)]),
        title: instance.maintenance?.name ?? instance.status.message ?? undefined,
      }),
      cell: stateWord,
    },
    {
      key: "name",
      title: "Name",
      className: "cut font-medium",
      sortBy: ({ name }) => name,
      // This machine's own all have one name.
      look: ({ pluginName }) => ({ "data-note": pluginName }),
      cell: ({ id, name }) => (
        <a href={`/instances/${id}`} className="row-link">
          {name}
        </a>
      ),
    },
    {
      key: "plugin",
      title: "Plugin",
      from: "lg",
      sortBy: ({ pluginName }) => pluginName,
      className: "cut plugin-name masked",
      look: ({ plugin }) => ({ style: iconOf(plugin) }),
      cell: ({ pluginName }) => pluginName,
    },
    {
      key: "host",
      title: "Host",
      from: "sm",
      className: "cut",
      sortBy: ({ host }) => host,
      cell: ({ host }) => host || "–",
    },
    {
      key: "target",
      title: "Target",
      from: "xl",
      sortBy: ({ target }) => target || null,
      className: "cut",
      cell: ({ target }) => target || "–",
    },
    {
      key: "interval",
      title: "Every",
      from: "lg",
      align: "right",
      sortBy: ({ intervalSeconds }) => intervalSeconds,
      cell: ({ intervalSeconds }) => formatText(intervalSeconds, "seconds"),
    },
    {
      key: "lastRun",
      title: "Last run",
      align: "right",
      className: "text-muted",
      sortBy: ({ status }) => status.lastRunAt,
      cell: ({ status }) => <RelativeTime at={status.lastRunAt} now={renderedAt} bare />,
    },
    {
      key: "lastSuccess",
      title: "Last success",
      from: "xl",
      align: "right",
      className: "text-muted",
      sortBy: ({ status }) => status.lastSuccessAt,
      cell: ({ status }) => <RelativeTime at={status.lastSuccessAt} now={renderedAt} bare />,
    },
    { key: "tags", title: "Tags", from: "xl", cell: ({ tags }) => (tags.length > 0 ? <Tags tags={tags} /> : null) },
    { key: "actions", title: "", align: "right", className: "row-actions", cell: actions },
  ];
}

function Tags({ tags }: { tags: readonly string[] }) {
  const more = tags.length - TAGS_SHOWN;
  return (
    <span className="flex items-center gap-1" title={tags.join(", ")}>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Badge key={tag} className="max-w-20 overflow-hidden">
          <bdi className="truncate">{tag}</bdi>
        </Badge>
      ))}
      {more > 0 ? <span className="num text-2xs text-muted">+{more}</span> : null}
    </span>
  );
}
