"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc";
import { nameBrowser } from "@/components/name-browser";
import { Button } from "@/components/ui/Button";
import { ErrorState } from "@/components/ui/ErrorState";
import { StatusShape } from "@/components/ui/StatusShape";
import { type Subscription, subscribeBrowser, thisBrowser } from "./subscribe-browser";

/** Fills a web push channel's form with a subscription of the browser that shows it. */
export function UseThisBrowser({ onSubscribed }: { onSubscribed(subscription: Subscription, name: string): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof subscribeBrowser>> | null>(null);
  async function use() {
    setBusy(true);
    const browser = thisBrowser();
    const found = await subscribeBrowser(browser, async () => {
      const { publicKey } = await queryClient.fetchQuery(trpc.channels.pushKey.queryOptions());
      return publicKey;
    });
    setOutcome(found);
    setBusy(false);
    if (found.ok) onSubscribed(found.subscription, nameBrowser(browser.userAgent));
  }
  return (
    <div className="mb-4 rounded-xl border border-line bg-raised/50 px-4 py-3" aria-live="polite">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-56 text-sm text-pretty">
          Tell this browser. It asks whether Unity may show notifications, and fills in the three fields.
        </p>
        <Button icon="alerts" busy={busy} onClick={() => void use()}>
          Use this browser
        </Button>
      </div>
      {outcome?.ok ? (
        <p className="mt-2.5 flex items-start gap-2 text-sm">
          <StatusShape tone="ok" label="" size={11} className="mt-1" />
          This browser is subscribed, and filled in below. Add your address, send a test, and save.
        </p>
      ) : null}
      {outcome && !outcome.ok ? (
        <div className="mt-2.5">
          <ErrorState title="This browser cannot be told" message={outcome.message} />
        </div>
      ) : null}
    </div>
  );
}
