"use client";

import Link from "next/link";
import { May } from "@/components/account/May";
import { useMe } from "@/components/account/use-me";
import { FoundServices } from "@/components/discovery/FoundServices";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";

export function NoInstances() {
  const { seesAll } = useMe();
  if (!seesAll)
    return (
      <Card padding="none">
        <EmptyState icon="overview" title="There is nothing for you to see yet">
          You see instances with certain tags, and none has one of them.
        </EmptyState>
      </Card>
    );
  return (
    <>
      <Card padding="none">
        <EmptyState
          icon="overview"
          title="Nothing is watched yet"
          action={
            <May permission="administer">
              <div className="flex flex-wrap justify-center gap-2">
                <Link href="/catalogue?find" className={buttonClass({ variant: "primary" })}>
                  Find services
                </Link>
                <Link href="/catalogue" className={buttonClass()}>
                  Choose what to watch
                </Link>
              </div>
            </May>
          }
        >
          <May
            permission="administer"
            otherwise="An admin of this Unity chooses what it watches; its figures are here a few seconds later."
          >
            Let Unity look at what runs on this machine, or pick a plugin and say what it should look at. Its figures
            are here a few seconds later.
          </May>
        </EmptyState>
      </Card>
      <FoundServices />
    </>
  );
}
