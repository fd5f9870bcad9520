"use client";

import { useState } from "react";
import { SettingSection } from "@/components/settings/SettingSection";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { DeleteQuestion } from "@/components/ui/DeleteQuestion";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Skeleton } from "@/components/ui/Skeleton";
import { useToast } from "@/components/ui/Toast";
import { NamePasskey } from "./NamePasskey";
import { canPasskey } from "./passkey";
import { postAuth } from "./post-auth";
import { useClientOnly } from "./use-client-only";
import { type Passkey, usePasskeys } from "./use-passkeys";

/** Keys that devices hold: they sign in by a finger, a face or a PIN, with nothing to type and nothing to steal. */
export function Passkeys({ renderedAt }: { renderedAt: number }) {
  const { passkeys, error, refresh } = usePasskeys();
  const possible = useClientOnly(canPasskey);
  const [adding, setAdding] = useState(false);
  return (
    <SettingSection
      title="Passkeys"
      aside={
        possible ? (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            Add<span className="sr-only"> a passkey</span>
          </Button>
        ) : null
      }
    >
      {error && !passkeys ? <ErrorState title="Your passkeys could not be read" message={error.message} /> : null}
      {passkeys ? (
        <Card padding="none">
          {passkeys.length === 0 ? (
            <EmptyState icon="key" title="No passkey yet">
              {possible
                ? "With one you sign in by a finger, a face or a PIN of this device, and type nothing."
                : "Browsers use them at a name with an encrypted connection only: open Unity by https at its name instead of an IP address, or on its own machine as localhost."}
            </EmptyState>
          ) : (
            <ul>
              {passkeys.map((passkey) => (
                <Row key={passkey.id} passkey={passkey} renderedAt={renderedAt} refresh={refresh} />
              ))}
            </ul>
          )}
          {passkeys.length > 0 && !possible ? (
            <p className="border-t border-line px-4 py-2.5 text-xs text-pretty text-muted">
              Browsers use no passkeys at this address. Open Unity by https at its name to add one.
            </p>
          ) : null}
        </Card>
      ) : error ? null : (
        <Skeleton className="h-28 rounded-xl" />
      )}
      {adding ? <NamePasskey passkey={null} onClose={() => setAdding(false)} onDone={refresh} /> : null}
    </SettingSection>
  );
}

interface RowProps {
  readonly passkey: Passkey;
  readonly renderedAt: number;
  refresh(): void;
}

function Row({ passkey, renderedAt, refresh }: RowProps) {
  const { id, name, createdAt, synced } = passkey;
  const toast = useToast();
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<{ message: string } | null>(null);
  const close = () => {
    setAsking(null);
    setError(null);
  };
  async function remove() {
    setBusy(true);
    const answer = await postAuth("/api/auth/passkey/delete-passkey", { id });
    setBusy(false);
    if (!answer.ok) return setError(answer);
    close();
    refresh();
    toast({ text: `"${name}" does not sign you in any more.` });
  }
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
      <Icon name="key" className="text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="text-xs text-muted">
          {createdAt === null ? null : (
            <>
              Added <RelativeTime at={createdAt} now={renderedAt} />
            </>
          )}
          {synced ? " · on your other devices too" : null}
        </p>
      </div>
      <Menu
        trigger={<IconButton icon="more" label={`More about ${name}`} />}
        items={[
          { name: "Rename…", icon: "edit", onSelect: () => setAsking("rename") },
          "separator",
          { name: "Delete…", icon: "remove", danger: true, onSelect: () => setAsking("delete") },
        ]}
      />
      {asking === "rename" ? <NamePasskey passkey={passkey} onClose={close} onDone={refresh} /> : null}
      <DeleteQuestion
        name={name}
        description="It does not sign you in any more. Your device may still offer it: delete it there as well."
        open={asking === "delete"}
        onOpenChange={close}
        onDelete={() => void remove()}
        busy={busy}
        error={error}
      />
    </li>
  );
}
