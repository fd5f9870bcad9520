import { SettingSection } from "@/components/settings/SettingSection";
import { Card } from "@/components/ui/Card";
import { CopyLine } from "./CopyLine";

const NIGHTLY = "17 2 * * * cd /srv/unity && npm run --silent backup -- /mnt/nas/unity";

/** What happens at a terminal: every night, and back. */
export function Commands({ file }: { file: string }) {
  return (
    <>
      <SettingSection title="Every night">
        <Card className="flex flex-col gap-3">
          <p className="text-sm text-pretty">
            A line of cron, with your folders. Each file is there as a whole or not at all, and none is written over.
          </p>
          <CopyLine name="the line of cron" line={NIGHTLY} />
          <p className="text-xs text-pretty text-muted">
            In the built tree that is <code>node unity.js backup</code>. Secrets are under the key of this Unity; with
            UNITY_BACKUP_PASSPHRASE set, under that passphrase.
          </p>
        </Card>
      </SettingSection>
      <SettingSection title="Restoring">
        <Card className="flex flex-col gap-3">
          <p className="text-sm text-pretty">
            At the machine, not from this page: stop Unity, move the old database away or name another, and run
          </p>
          <CopyLine name="the command that restores" line={`npm run restore -- ${file}`} />
          <p className="text-xs text-pretty text-muted">
            The file is looked through before anything is changed. One that is damaged, was changed or wants another key
            is refused with a sentence. Any database takes it: SQLite, PostgreSQL, MariaDB or MySQL.
          </p>
        </Card>
      </SettingSection>
    </>
  );
}
