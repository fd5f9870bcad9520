"use client";

import type { ProvisionState } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { SettingSection } from "@/components/settings/SettingSection";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Notes } from "@/components/ui/Notes";
import { DriftRow } from "./DriftRow";

/** The folder that is applied at start and on change: what is wrong with it first, then what is not as it says. */
export function ProvisionSection({ state }: { state: ProvisionState }) {
  const { folder, files, things, problem, notes, prunes } = state;
  const open = things.filter(({ state: one }) => one !== "same" && one !== "waits");
  const order = ["drift", "left", "kept"];
  const rows = open.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  const count = things.filter(({ state: one }) => one !== "left").length;
  return (
    <SettingSection title="Folder of files">
      {folder === null ? (
        <Card padding="none">
          <EmptyState icon="file" title="No folder is set">
            Set UNITY_PROVISION to a folder of YAML files: they are applied at start and whenever they change, and what
            somebody changes here is shown, never written over.
          </EmptyState>
        </Card>
      ) : (
        <div className="flex flex-col gap-3">
          {problem ? (
            <ErrorState
              title="The files are not applied"
              message={problem}
              hint="What was applied before stays. Once the file is put right, it is read again by itself."
            />
          ) : null}
          <Notes notes={notes} />
          <Card padding="none" className="overflow-clip">
            <p className="num flex flex-wrap gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <code className="text-xs leading-5 break-all">{folder}</code>
              <span className="text-muted">
                {formatExact(files.length)} {files.length === 1 ? "file" : "files"}, {formatExact(count)}{" "}
                {count === 1 ? "thing" : "things"}
                {rows.length === 0 && !problem ? ", all as in the files" : ""}
                {prunes ? "; what leaves them is removed" : ""}
              </span>
            </p>
            {rows.length > 0 ? (
              <ul aria-label="Not as in the files">
                {rows.map((thing) => (
                  <DriftRow key={`${thing.kind} ${thing.id}`} thing={thing} />
                ))}
              </ul>
            ) : null}
          </Card>
        </div>
      )}
    </SettingSection>
  );
}
