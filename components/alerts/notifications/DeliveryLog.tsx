"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { PagedList } from "@/components/ui/PagedList";
import { PageHeader } from "@/components/ui/PageHeader";
import { AlertTabs } from "../AlertTabs";
import { DeliveryRow } from "./DeliveryRow";
import { NO_DELIVERY_FILTER, stateOf } from "./delivery-filter";
import { DELIVERY_STATES, STATE_WORDS } from "./delivery-words";
import { useDeliveryFilter, useDeliveryLog } from "./use-delivery-log";

/** Every message to every channel, newest first. @param renderedAt what the server took for now. Epoch milliseconds */
export function DeliveryLog({ renderedAt }: { renderedAt: number }) {
  const { filter, setFilter } = useDeliveryFilter();
  const log = useDeliveryLog(filter);
  const { deliveries } = log;
  const narrowed = filter.channel !== "" || filter.state !== "";
  return (
    <>
      <PageHeader title="Delivery log" parent={{ href: "/alerts/notifications", name: "Notifications" }} />
      <AlertTabs current="notifications" />
      <Filters filter={filter} narrowed={narrowed} onChange={setFilter} />
      <PagedList
        label="Messages"
        items={deliveries}
        query={log}
        unreadable="The log could not be read"
        empty={
          narrowed ? (
            <EmptyState title="No message is like that">Take a filter away.</EmptyState>
          ) : (
            <EmptyState icon="alerts" title="Nobody was told of anything yet">
              Every message to a channel stands here, with what became of it. A channel's test is not kept.
            </EmptyState>
          )
        }
        className="@container"
        row={(delivery) => <DeliveryRow key={delivery.id} delivery={delivery} renderedAt={renderedAt} />}
      />
    </>
  );
}

type FilterProps = Pick<ReturnType<typeof useDeliveryFilter>, "filter"> & {
  readonly narrowed: boolean;
  onChange: ReturnType<typeof useDeliveryFilter>["setFilter"];
};

function Filters({ filter, narrowed, onChange }: FilterProps) {
  const trpc = useTRPC();
  const { data: channels = [] } = useQuery(trpc.channels.list.queryOptions());
  const isGone = filter.channel !== "" && !channels.some(({ id }) => id === filter.channel);
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <FilterSelect
        label="Channel"
        value={filter.channel}
        options={[
          ...(isGone ? [{ value: filter.channel, name: "A removed channel" }] : []),
          ...channels.map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(channel) => onChange({ channel })}
      />
      <FilterSelect
        label="State"
        value={filter.state}
        options={DELIVERY_STATES.map((value) => ({ value, name: STATE_WORDS[value] }))}
        onChange={(value) => onChange({ state: stateOf(value) })}
      />
      {narrowed ? (
        <button
          type="button"
          onClick={() => onChange(NO_DELIVERY_FILTER)}
          className={buttonClass({ variant: "ghost" })}
        >
          Clear
        </button>
      ) : null}
    </search>
  );
}
