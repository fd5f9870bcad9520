"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { May } from "@/components/account/May";
import { useTRPC } from "@/components/data/trpc";
import { formatText } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { buttonClass } from "@/components/ui/button-class";
import { Card, CardTitle } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { type ConfigEntry, configEntries } from "./config-entries";
import { DeleteDialog } from "./DeleteDialog";
import type { InstanceHead } from "./use-instance";

/** What was entered, to read; the edit page changes it. */
export function SettingsTab({ head, rendered }: { head: InstanceHead; rendered: number }) {
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  // A plugin that is gone has no form: the fields then go by their own names.
  const { data: plugin } = useQuery(trpc.plugins.definition.queryOptions({ id: head.plugin }, { retry: false }));
  const entries = configEntries(head.config, plugin?.form);
  const edit = (
    <May permission="administer">
      <Link href={`/instances/${head.id}/edit`} className={buttonClass({ size: "small" })}>
        <Icon name="edit" size={14} />
        Edit
      </Link>
    </May>
  );
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Card>
        <CardTitle aside={edit}>Collection</CardTitle>
        <dl className={LIST}>
          <Line name="Plugin">{head.pluginName}</Line>
          <Line name="Host">{head.host}</Line>
          {head.target === "" ? null : <Line name="Target">{head.target}</Line>}
          <Line name="Interval">every {formatText(head.intervalSeconds, "seconds")}</Line>
          <Line name="Timeout">{formatText(head.timeoutMs / 1_000, "seconds")}</Line>
          <Line name="State">{head.enabled ? "Collected" : "Paused"}</Line>
          <Line name="Tags">
            {head.tags.length === 0 ? <span className="text-muted">none</span> : null}
            <span className="flex flex-wrap gap-1">
              {head.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          </Line>
          <Line name="Created">
            <RelativeTime at={head.createdAt} now={rendered} />
          </Line>
        </dl>
      </Card>
      <Card>
        <CardTitle aside={entries.some(({ standard }) => standard) ? "grey: as the plugin sets it" : undefined}>
          Configuration
        </CardTitle>
        {entries.length === 0 ? (
          <p className="text-sm text-muted">There is nothing to set.</p>
        ) : (
          <dl className={LIST}>
            {entries.map((entry) => (
              <Line key={entry.key} name={entry.title}>
                <ConfigText entry={entry} />
              </Line>
            ))}
          </dl>
        )}
      </Card>
      <May permission="administer">
        <Card className="lg:col-span-2">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-pretty text-muted">
              Deleting ends the collection and removes the history. Pausing keeps it.
            </p>
            <Button variant="danger" icon="remove" onClick={() => setAsking(true)}>
              Delete…
            </Button>
          </div>
          <DeleteDialog head={head} open={asking} onOpenChange={setAsking} />
        </Card>
      </May>
    </div>
  );
}

const LIST = "grid grid-cols-[minmax(80px,auto)_1fr] gap-x-6 gap-y-2 text-sm";

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="num min-w-0 break-words">{children}</dd>
    </>
  );
}

function ConfigText({ entry: { lines, standard } }: { entry: ConfigEntry }) {
  if (lines.length === 0) return <span className="text-muted">empty</span>;
  return (
    <ul className={standard ? "text-muted" : ""}>
      {lines.map((line) => (
        <li key={line} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}
