"use client";

import { type ReactNode, useId } from "react";
import { Locked } from "@/components/account/Locked";
import { LeaveDialog } from "@/components/catalogue/LeaveDialog";
import { useLeaveGuard } from "@/components/catalogue/use-leave-guard";
import { Button } from "@/components/ui/Button";
import { Card, CardTitle } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import type { SettingsFormState } from "./use-notify-settings";

interface Props {
  readonly title: string;
  readonly about: string;
  readonly state: SettingsFormState;
  /** How it went last, under the fields. */
  readonly standing?: ReactNode;
  readonly children: ReactNode;
}

/** A few settings that are saved together. The buttons come when there is something to save. */
export function SettingsCard({ title, about, state, standing, children }: Props) {
  const { changed, fault, saving, discard, submit } = state;
  const id = useId();
  const guard = useLeaveGuard(changed);
  return (
    <Card role="region" aria-labelledby={id}>
      <CardTitle>
        <span id={id}>{title}</span>
      </CardTitle>
      <p className="-mt-2 mb-4 text-sm text-pretty text-muted">{about}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="flex flex-col gap-4"
      >
        <Locked unless="administer" why="Only an admin may change this.">
          {children}
        </Locked>
        {fault ? <ErrorState title="Not saved" message={fault} /> : null}
        {changed ? (
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={discard}>
              Discard
            </Button>
            <Button type="submit" variant="primary" busy={saving}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
      {standing ? <div className="mt-4 border-t border-line pt-3">{standing}</div> : null}
      <LeaveDialog leaving={guard.leaving} stay={guard.stay} />
    </Card>
  );
}
