"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { Badge } from "@/components/ui/Badge";

interface Props {
  readonly kind: "instance" | "rule" | "override" | "channel" | "route" | "silence" | "parents" | "setting";
  readonly id: string;
}

/** Says that a file speaks of a thing, and whether it is another one than the file's. Nothing for what no file speaks of. */
export function ByFile({ kind, id }: Props) {
  const trpc = useTRPC();
  const { seesAll, may } = useMe();
  const { data: managed = [] } = useQuery(
    trpc.config.provision.managed.queryOptions(undefined, { enabled: seesAll, staleTime: 10_000 }),
  );
  const found = managed.find((one) => one.kind === kind && one.id === id);
  if (!found || found.state === "left") return null;
  const drifts = found.state === "drift";
  const badge = (
    <Badge tone={drifts ? "warn" : "neutral"} shape={drifts}>
      {drifts ? "not as in " : "by file "}
      <bdi>{found.file}</bdi>
    </Badge>
  );
  return may("edit") ? (
    <Link href="/settings/files" className="inline-flex rounded-md">
      {badge}
    </Link>
  ) : (
    badge
  );
}
