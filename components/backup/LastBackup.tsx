import type { BackupFacts } from "@/components/data/outputs";
import { SettingRow } from "@/components/settings/SettingRow";
import { Card } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Value } from "@/components/ui/Value";

const SECRETS = { none: "secrets left out", kept: "secrets under its key", passphrase: "secrets under a passphrase" };

/** When somebody took one from here, and how large the next will be. */
export function LastBackup({ facts: { at, last, stored } }: { facts: BackupFacts }) {
  return (
    <Card padding="none">
      <SettingRow
        name="From this page"
        beside
        hint={
          last ? (
            <>
              By <bdi>{last.actor ?? "somebody"}</bdi>, {SECRETS[last.secrets]}
            </>
          ) : (
            "What a schedule makes is not seen from here: it changes nothing in Unity."
          )
        }
      >
        <RelativeTime at={last?.at ?? null} now={at} never="none yet" />
      </SettingRow>
      {last ? (
        <SettingRow name="Its size" hint={<span className="break-all">{last.name}</span>}>
          <Value value={last.bytes} unit="bytes" />
        </SettingRow>
      ) : null}
      {stored ? (
        <SettingRow
          name="The next one"
          beside
          hint={
            <>
              <Value value={stored.samples} unit="count" /> samples, and their past by the hour and day
            </>
          }
        >
          about <Value value={stored.bytes} unit="bytes" /> or less
        </SettingRow>
      ) : null}
    </Card>
  );
}
