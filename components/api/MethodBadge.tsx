import { Badge } from "@/components/ui/Badge";

/** What reads, what adds or changes, what takes away. The word says it; the colour helps. */
const TONES = { GET: "neutral", POST: "accent", PUT: "warn", PATCH: "warn", DELETE: "bad" } as const;

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={TONES[method as keyof typeof TONES] ?? "neutral"} className="min-w-14 justify-center font-mono">
      {method}
    </Badge>
  );
}
