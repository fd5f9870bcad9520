import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";

export function NoInstances() {
  return (
    <Card padding="none">
      <EmptyState
        icon="overview"
        title="Nothing is watched yet"
        action={
          <Link href="/catalogue" className={buttonClass({ variant: "primary" })}>
            Choose what to watch
          </Link>
        }
      >
        Pick a plugin, say what it should look at, and its figures are here a few seconds later.
      </EmptyState>
    </Card>
  );
}
