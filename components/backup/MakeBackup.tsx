"use client";

import { type FormEvent, useState } from "react";
import { FormError } from "@/components/account/FormError";
import { SwitchField } from "@/components/form/SwitchField";
import { formatText } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Downloaded, Secrets } from "./download-backup";
import { Passphrase } from "./Passphrase";
import { SecretsChoice } from "./SecretsChoice";
import { useBackup } from "./use-backup";

/** Everything into one file, while Unity goes on. */
export function MakeBackup() {
  const { bytes, outcome, begin, cancel } = useBackup();
  const [secrets, setSecrets] = useState<Secrets>("kept");
  const [runs, setRuns] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const isRunning = bytes !== null;
  const problem = outcome?.ok === false ? outcome : null;
  const ofField = problem?.field === "passphrase" ? problem.message : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const isWrong = secrets === "passphrase" && passphrase !== again;
    setDiffer(isWrong);
    if (!isWrong && !isRunning) void make();
  };
  async function make() {
    const { ok } = await begin({ secrets, passphrase, runs });
    // It is in the file, and nowhere else any more.
    if (ok) for (const forget of [setPassphrase, setAgain]) forget("");
  }
  return (
    <Card>
      <form noValidate onSubmit={send} className="flex flex-col gap-5">
        <SecretsChoice value={secrets} onChange={setSecrets} />
        {secrets === "passphrase" ? (
          <Passphrase
            value={passphrase}
            again={again}
            error={ofField}
            againError={differ && passphrase !== again ? "The two are not the same." : null}
            onChange={setPassphrase}
            onAgain={setAgain}
          />
        ) : null}
        <SwitchField
          label="With the list of runs"
          hint="When something was collected and how it went: long, and of interest for a week."
          checked={runs}
          onChange={setRuns}
        />
        <FormError>{problem && ofField === null ? problem.message : null}</FormError>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button
            type="submit"
            icon="download"
            variant="primary"
            busy={isRunning}
            disabled={secrets === "passphrase" && (passphrase === "" || again === "")}
          >
            {isRunning ? "Making it" : "Download a backup"}
          </Button>
          {isRunning ? <Button onClick={cancel}>Cancel</Button> : null}
          <Progress bytes={bytes} outcome={outcome} />
        </div>
      </form>
    </Card>
  );
}

function Progress({ bytes, outcome }: { bytes: number | null; outcome: Downloaded | null }) {
  if (bytes !== null)
    return (
      <p className="num min-w-0 text-xs text-pretty text-muted">
        {bytes === 0 ? "It begins…" : `${formatText(bytes, "bytes")} so far.`} Leave this tab open until it is saved.
      </p>
    );
  if (!outcome?.ok) return null;
  return (
    <p role="status" className="num flex min-w-0 items-center gap-2 text-xs">
      <StatusShape tone="ok" label="" size={10} />
      <span className="min-w-0 break-words">
        {outcome.name} is saved, {formatText(outcome.bytes, "bytes")}
      </span>
    </p>
  );
}
