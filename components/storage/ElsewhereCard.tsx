import { Card } from "@/components/ui/Card";

/** In place of a plan: what is set in Unity has no effect on samples that a server of their own keeps. */
export function ElsewhereCard({ shown, keeps }: { shown: string; keeps: string | null }) {
  return (
    <Card data-elsewhere>
      <p className="text-sm font-semibold text-pretty">
        {keeps ? `The server keeps samples for ${keeps}` : "The server decides how long it keeps samples"}
      </p>
      <p className="mt-0.5 text-xs text-pretty break-words text-muted">
        They lie in {shown}. Its own setting -retentionPeriod says how long it keeps them, and it adds hours and days up
        by itself: change it there.
      </p>
    </Card>
  );
}
