"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useOnScreen } from "@/components/charts/use-on-screen";
import type { OpenAlert } from "@/components/data/outputs";
import { useTRPCClient } from "@/components/data/trpc";
import { humanName } from "@/components/names";
import { Sparkline } from "@/components/ui/Sparkline";
import { serverNow } from "@/components/ui/use-now";
import { TONE_OF } from "./severity";

const HOUR_MS = 3_600_000;
const REREAD_MS = 60_000;
/** A line so small shows no more. */
const POINTS = 60;

/** The past hour of what an alert looks at. Only read while it is on the screen: on a phone it is not. */
export function AlertSpark({ alert }: { alert: OpenAlert }) {
  const { id, metric, unit, severity, instanceId, instanceName, labels, plugin } = alert;
  const client = useTRPCClient();
  const place = useRef<HTMLDivElement>(null);
  const visible = useOnScreen(place, "0px");
  const drawable = metric !== null && unit !== "bool" && instanceName !== null;
  const { data } = useQuery({
    queryKey: ["alert-spark", id],
    queryFn: () => {
      const to = serverNow();
      const window = { from: to - HOUR_MS, to, maxPoints: POINTS, maxLines: 1 };
      return client.metrics.range.query({ instance: instanceId, metrics: [metric ?? ""], where: labels, ...window });
    },
    enabled: drawable && visible,
    staleTime: REREAD_MS,
    refetchInterval: REREAD_MS,
  });
  const line = data?.lines[0];
  return (
    <div ref={place} className="h-7">
      {line && drawable ? (
        <Sparkline
          values={line.avg}
          unit={unit}
          tone={TONE_OF[severity]}
          height={28}
          label={`${humanName(metric, plugin ?? "")} in the last hour`}
        />
      ) : null}
    </div>
  );
}
