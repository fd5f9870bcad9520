"use client";

import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { CopyLine } from "@/components/backup/CopyLine";
import { Card } from "@/components/ui/Card";
import { Segmented } from "@/components/ui/Segmented";
import { ASSISTANTS, type AssistantName, assistantConfig, mcpAddress, PLACES } from "./assistant-config";

const never = () => () => {};

/** Ready to paste, but for the token. */
export function Connect() {
  const [assistant, setAssistant] = useState<AssistantName>("code");
  // The address that this page came by is the one that works from here.
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
  return (
    <Card className="flex flex-col gap-3">
      <p className="text-sm text-pretty">
        Assistants that speak the Model Context Protocol ask Unity by themselves. Make a token that may read under{" "}
        <Link href="/settings/tokens" className="rounded text-accent underline underline-offset-2 hover:no-underline">
          API tokens
        </Link>
        , of some tags only if you like, and put it where YOUR_TOKEN stands.
      </p>
      <CopyLine name="the address" line={mcpAddress(origin)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Segmented<AssistantName> label="Assistant" value={assistant} options={ASSISTANTS} onChange={setAssistant} />
        <p className="min-w-0 text-xs text-pretty text-muted">{PLACES[assistant]}</p>
      </div>
      <CopyLine name="the configuration" line={assistantConfig(assistant, origin)} />
    </Card>
  );
}
