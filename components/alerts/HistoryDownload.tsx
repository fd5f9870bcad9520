"use client";

import { useState } from "react";
import { save } from "@/components/charts/copy-chart";
import type { PastAlert } from "@/components/data/outputs";
import { useTRPCClient } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { useToast } from "@/components/ui/Toast";
import { serverNow } from "@/components/ui/use-now";
import { historyCsv } from "./history-csv";
import type { historyInput } from "./history-filter";

/** A spreadsheet and a browser take so many; whoever wants more narrows the time. */
const MOST = 20_000;
const AT_ONCE = 500;

/** All that the filter leaves, not only what is on the page. */
export function HistoryDownload({ input }: { input: ReturnType<typeof historyInput> }) {
  const client = useTRPCClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const read = async () => {
    const alerts: PastAlert[] = [];
    let cursor: { at: number; id: string } | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.alerts.past.query>> = await client.alerts.past.query({
        ...input,
        limit: AT_ONCE,
        cursor,
      });
      alerts.push(...page.alerts);
      cursor = page.next;
    } while (cursor && alerts.length < MOST);
    return { alerts, more: cursor !== null };
  };
  const download = async () => {
    setBusy(true);
    try {
      const { alerts, more } = await read();
      const day = new Date(serverNow()).toISOString().slice(0, 10);
      save(new Blob([historyCsv(alerts)], { type: "text/csv" }), `unity-alerts-${day}.csv`);
      if (more)
        toast({
          tone: "warn",
          text: `The file has the newest ${formatExact(alerts.length)}. Narrow the time for older ones.`,
        });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Unity does not answer." });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="download" busy={busy} onClick={() => void download()}>
      CSV
    </Button>
  );
}
