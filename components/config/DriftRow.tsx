"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/components/account/use-me";
import { KIND_WORD } from "@/components/alerts/file/import-words";
import { AuditChanges } from "@/components/audit/AuditChanges";
import type { ProvisionState } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { useToast } from "@/components/ui/Toast";
import { useYaml } from "./use-yaml";

type Thing = ProvisionState["things"][number];

const WHY: Readonly<Record<NonNullable<Thing["why"]>, string>> = {
  changed: "Somebody changed it here since the file was applied.",
  removed: "Somebody removed it here.",
  before: "It was here before the file was, and is not as the file says.",
};

/** One thing that is not as its file says: what differs, and the two ways out. */
export function DriftRow({ thing }: { thing: Thing }) {
  const { kind, id, name, file, state, why, changes } = thing;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { may } = useMe();
  const yaml = useYaml({ thing: { kind, id } }, `unity-${kind}`);
  const settled = {
    onError: (error: { message: string }) => toast({ tone: "bad", text: error.message }),
    onSuccess: () => queryClient.invalidateQueries(),
  };
  const take = useMutation(trpc.config.provision.takeFile.mutationOptions(settled));
  const keep = useMutation(trpc.config.provision.keepMine.mutationOptions(settled));
  const isHere = why !== "removed";
  return (
    <li className="flex flex-col gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <bdi className="min-w-0 break-words">{name}</bdi>
            <span className="text-xs font-normal text-muted">
              {KIND_WORD[kind]}, <bdi>{file}</bdi>
            </span>
            <Badge tone={state === "drift" ? "warn" : "neutral"} shape={state === "drift"}>
              {state === "drift" ? "drift" : state === "kept" ? "kept as it is here" : "in no file any more"}
            </Badge>
          </p>
          <p className="mt-0.5 text-xs text-pretty text-muted">
            {state === "left"
              ? "It stays, and belongs to nobody's file from now on."
              : state === "kept"
                ? "Until the file says something else."
                : why
                  ? WHY[why]
                  : null}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {isHere ? (
            <Button size="small" variant="ghost" icon="copy" busy={yaml.busy} onClick={yaml.copy}>
              Copy mine as YAML
            </Button>
          ) : null}
          {may("administer") ? (
            <>
              {state === "kept" ? null : (
                <Button size="small" busy={keep.isPending} onClick={() => keep.mutate({ kind, id })}>
                  {state === "left" ? "Forget the file" : "Keep mine"}
                </Button>
              )}
              {state === "left" ? null : (
                <Button size="small" busy={take.isPending} onClick={() => take.mutate({ kind, id })}>
                  Take the file’s
                </Button>
              )}
            </>
          ) : null}
        </div>
      </div>
      {changes.length > 0 ? <AuditChanges changes={changes} more={0} /> : null}
    </li>
  );
}
