import Link from "next/link";
import { FoundServices } from "@/components/discovery/FoundServices";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";

export function NoInstances() {
  return (
    <>
      <Card padding="none">
        <EmptyState
          icon="overview"
          title="Nothing is watched yet"
          action={
            <div className="flex flex-wrap justify-center gap-2">
              <Link href="/catalogue?find" className={buttonClass({ variant: "primary" })}>
                Find services
              </Link>
              <Link href="/catalogue" className={buttonClass()}>
                Choose what to watch
              </Link>
            </div>
          }
        >
          Let Unity look at what runs on this machine, or pick a plugin and say what it should look at. Its figures are
          here a few seconds later.
        </EmptyState>
      </Card>
      <FoundServices />
    </>
  );
}
