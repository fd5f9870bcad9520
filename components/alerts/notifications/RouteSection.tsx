"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { May } from "@/components/account/May";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { Skeleton } from "@/components/ui/Skeleton";
import { useToast } from "@/components/ui/Toast";
import { hiddenBehind, moveRoute } from "./move-route";
import { focusMove, RouteRow } from "./RouteRow";
import { Section } from "./Section";
import { useChannelNames, useSetRoutes } from "./use-routes";

export const ADD_ROUTE = (
  <May permission="edit">
    <Link href="/alerts/notifications/routes/new" className={buttonClass({ variant: "primary" })}>
      <Icon name="plus" size={15} />
      New route
    </Link>
  </May>
);

/** Who is told of what: from the top, the first that fits. */
export function RouteSection() {
  const trpc = useTRPC();
  const toast = useToast();
  const nameOf = useChannelNames();
  const { may } = useMe();
  const { data: routes, error } = useQuery(trpc.notifications.routes.queryOptions());
  const set = useSetRoutes({ onError: ({ message }) => toast({ tone: "bad", text: message }) });
  return (
    <Section
      title="Routes"
      about="Looked at from the top: the first that fits an alert tells it. A rule's own channels are told in any case."
    >
      {error && !routes ? <ErrorState title="The routes could not be read" message={error.message} /> : null}
      {routes ? (
        <Card padding="none" className="overflow-hidden">
          {routes.length === 0 ? (
            <EmptyState icon="alerts" title="No route speaks of any alert" action={ADD_ROUTE}>
              Only those are told whom a rule names itself. A route says which alerts go to which channels.
            </EmptyState>
          ) : (
            <ol aria-label="Routes">
              {routes.map((route, index) => (
                <RouteRow
                  key={route.id}
                  route={route}
                  place={index + 1}
                  of={routes.length}
                  hiddenBy={hiddenBehind(routes, route.id)}
                  busy={set.isPending}
                  mine={may("edit")}
                  nameOf={nameOf}
                  onMove={(by) => {
                    if (set.isPending) return;
                    set.mutate((now) => moveRoute(now, route.id, by), {
                      onSuccess: () => requestAnimationFrame(() => focusMove(route.id, by)),
                    });
                  }}
                  onTurn={(enabled) =>
                    set.mutate((now) => now.map((one) => (one.id === route.id ? { ...one, enabled } : one)))
                  }
                />
              ))}
            </ol>
          )}
        </Card>
      ) : error ? null : (
        <Skeleton className="h-40 rounded-xl" />
      )}
    </Section>
  );
}
