import Link from "next/link";
import { PluginIcon } from "@/components/catalogue/PluginIcon";
import type { InstanceSummary } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import type { Column } from "@/components/ui/DataTable";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { STATE_TONE, STATE_WORD, STATES, stateOf } from "./state";

/** Rows are as high as one line: more tags are in the hover. */
const TAGS_SHOWN = 1;

/** The columns of the list. @param renderedAt what the server took for now */
export function instanceColumns(
  renderedAt: number,
  actions: (instance: InstanceSummary) => React.ReactNode,
): Column<InstanceSummary>[] {
  return [
    {
      key: "state",
      title: "State",
      width: "1%",
      sortBy: (instance) => STATES.indexOf(stateOf(instance)),
      cell: (instance) => <StateCell instance={instance} />,
    },
    {
      key: "name",
      title: "Name",
      sortBy: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link
          href={`/instances/${id}`}
          prefetch={false}
          title={name}
          className="row-link block max-w-[24vw] truncate font-medium min-[380px]:max-w-[34vw] sm:max-w-36 lg:max-w-44 2xl:max-w-72"
        >
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    {
      key: "plugin",
      title: "Plugin",
      from: "lg",
      sortBy: ({ pluginName }) => pluginName,
      cell: ({ plugin, pluginName }) => (
        <span className="flex max-w-36 items-center gap-2">
          <PluginIcon id={plugin} size={15} className="text-muted" />
          <span className="truncate">{pluginName}</span>
        </span>
      ),
    },
    { key: "host", title: "Host", from: "sm", sortBy: ({ host }) => host, cell: ({ host }) => <Quiet text={host} /> },
    {
      key: "target",
      title: "Target",
      from: "xl",
      sortBy: ({ target }) => target || null,
      cell: ({ target }) => <Quiet text={target} wide />,
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
      sortBy: ({ status }) => status.lastRunAt,
      cell: ({ status }) => <RelativeTime at={status.lastRunAt} now={renderedAt} className="text-muted" />,
    },
    {
      key: "lastSuccess",
      title: "Last success",
      from: "xl",
      align: "right",
      sortBy: ({ status }) => status.lastSuccessAt,
      cell: ({ status }) => <RelativeTime at={status.lastSuccessAt} now={renderedAt} className="text-muted" />,
    },
    { key: "tags", title: "Tags", from: "xl", cell: ({ tags }) => <Tags tags={tags} /> },
    { key: "actions", title: "", width: "1%", align: "right", cell: actions },
  ];
}

function StateCell({ instance }: { instance: InstanceSummary }) {
  const state = stateOf(instance);
  const loud = state === "failing" ? "text-bad" : state === "degraded" ? "text-warn" : "text-muted";
  return (
    <span className="flex items-center gap-2 whitespace-nowrap" title={instance.status.message ?? undefined}>
      <StatusShape tone={STATE_TONE[state]} label={STATE_WORD[state]} size={11} />
      <span aria-hidden="true" className={`text-xs max-md:hidden xl:max-[1400px]:hidden ${loud}`}>
        {STATE_WORD[state]}
      </span>
    </span>
  );
}

function Quiet({ text, wide = false }: { text: string; wide?: boolean }) {
  if (text === "") return <span className="text-muted">–</span>;
  return (
    <span className={`block max-w-[24vw] truncate 2xl:max-w-60 ${wide ? "sm:max-w-44" : "sm:max-w-28"}`} title={text}>
      <bdi>{text}</bdi>
    </span>
  );
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
