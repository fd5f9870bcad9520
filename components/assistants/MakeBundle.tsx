"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/account/FormError";
import { useTRPC } from "@/components/data/trpc";
import { SwitchField } from "@/components/form/SwitchField";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { Segmented } from "@/components/ui/Segmented";
import { BundlePreview } from "./BundlePreview";
import { BUDGETS, type BundleChoice, bundleInput, WINDOWS } from "./bundle-choice";

const USUAL: BundleChoice = { window: "24h", budget: "32000", isPseudonymous: false };
/** Read only while it is asked for. */
const NOT_YET = { from: 0, to: 1, budget: 8_000 };

/** A time as one text, looked at before it is given to anybody. */
export function MakeBundle() {
  const trpc = useTRPC();
  const [choice, setChoice] = useState(USUAL);
  const [asked, setAsked] = useState<ReturnType<typeof bundleInput> | null>(null);
  const { data, error, isFetching } = useQuery(
    trpc.assist.bundle.queryOptions(asked ?? NOT_YET, { enabled: asked !== null, retry: false }),
  );
  const change = (part: Partial<BundleChoice>) => setChoice((before) => ({ ...before, ...part }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(bundleInput(choice, Date.now()));
  };
  return (
    <Card>
      <form noValidate onSubmit={send} className="flex flex-col gap-4">
        <p className="text-sm text-pretty">
          What fires, fails, fills and changed in a time, as one text to paste into a chat or keep with a report.
          Secrets are taken out of it, and it is made here: nothing is sent anywhere.
        </p>
        <div className="flex flex-wrap gap-x-6 gap-y-3">
          <Labelled name="The past">
            <Segmented
              label="The past"
              value={choice.window}
              options={WINDOWS}
              onChange={(window) => change({ window })}
            />
          </Labelled>
          <Labelled name="Tokens at most">
            <Segmented
              label="Tokens at most"
              value={choice.budget}
              options={BUDGETS}
              onChange={(budget) => change({ budget })}
            />
          </Labelled>
        </div>
        <SwitchField
          label="Numbers in place of names"
          hint="host-1 for a machine, address-1 for an address: for those who need not know your network."
          checked={choice.isPseudonymous}
          onChange={(isPseudonymous) => change({ isPseudonymous })}
        />
        <FormError>{error ? error.message : null}</FormError>
        <div>
          <Button type="submit" icon="file" variant="primary" busy={isFetching}>
            {isFetching ? "Making it" : "Make it"}
          </Button>
        </div>
      </form>
      {data && asked ? <BundlePreview bundle={data} /> : null}
    </Card>
  );
}

function Labelled({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span aria-hidden className="text-sm font-medium">
        {name}
      </span>
      {children}
    </div>
  );
}
