"use client";

import { type ReactNode, useState } from "react";
import type { PersonView } from "@/components/data/outputs";
import { SettingRow } from "@/components/settings/SettingRow";
import { SettingSection } from "@/components/settings/SettingSection";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { useToast } from "@/components/ui/Toast";
import { ChangePassword } from "./ChangePassword";
import { PasswordQuestion } from "./PasswordQuestion";
import { postAuth } from "./post-auth";
import { RecoveryCodes } from "./RecoveryCodes";
import { TwoFactorSetup } from "./TwoFactorSetup";

interface Props {
  readonly profile: PersonView;
  /** What the button of the provider says. */
  readonly provider: string | null;
  /** Sessions and the profile are read anew. */
  refresh(): void;
}

type Asking =
  | { readonly kind: "password" | "setup" | "renew" | "off" }
  | { readonly kind: "codes"; readonly codes: readonly string[] };

/** Password and second factor, of whoever has a password. */
export function SigningIn({ profile, provider, refresh }: Props) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const { ways, twoFactor } = profile;
  const ask = (kind: Exclude<Asking["kind"], "codes">) => () => setAsking({ kind });
  const hasPassword = ways.includes("credential");
  return (
    <SettingSection title="Signing in">
      <Card padding="none">
        {ways.includes("oidc") ? (
          <SettingRow
            beside
            name={provider ?? "Provider"}
            hint={
              hasPassword ? "Signs you in as well." : "Signs you in. Its password and second factors are set there."
            }
          >
            <Badge tone="ok" shape>
              Known there
            </Badge>
          </SettingRow>
        ) : null}
        {hasPassword ? (
          <>
            <SettingRow beside name="Password" hint="A new one ends your other sessions.">
              <Button size="small" onClick={ask("password")}>
                Change<span className="sr-only"> your password</span>
              </Button>
            </SettingRow>
            <SettingRow
              beside
              name="Two-factor"
              hint={
                twoFactor
                  ? "A code of your phone, after the password."
                  : "A stolen password alone would let somebody in."
              }
            >
              {twoFactor ? (
                <span className="flex items-center gap-3">
                  <Badge tone="ok" shape>
                    On
                  </Badge>
                  <Button size="small" variant="danger" onClick={ask("off")}>
                    Switch off<span className="sr-only"> two-factor</span>
                  </Button>
                </span>
              ) : (
                <Button size="small" onClick={ask("setup")}>
                  Set up<span className="sr-only"> two-factor</span>
                </Button>
              )}
            </SettingRow>
          </>
        ) : null}
        {hasPassword && twoFactor ? (
          <SettingRow
            beside
            name="Recovery codes"
            hint="For when the phone is lost. New ones replace those that you have."
          >
            <Button size="small" onClick={ask("renew")}>
              New codes
            </Button>
          </SettingRow>
        ) : null}
      </Card>
      <Asked asking={asking} onAsk={setAsking} profile={profile} refresh={refresh} />
    </SettingSection>
  );
}

interface AskedProps extends Omit<Props, "provider"> {
  readonly asking: Asking | null;
  onAsk(next: Asking | null): void;
}

function Asked({ asking, onAsk, profile, refresh }: AskedProps): ReactNode {
  const toast = useToast();
  const close = () => onAsk(null);
  const done = (text: string) => {
    toast({ text });
    close();
    refresh();
  };
  switch (asking?.kind) {
    case undefined:
      return null;
    case "password":
      return (
        <ChangePassword
          username={profile.username ?? ""}
          onClose={close}
          onDone={() => done("Your password is changed. Your other sessions have ended.")}
        />
      );
    case "setup":
      return <TwoFactorSetup onDone={refresh} onClose={close} />;
    case "renew":
      return (
        <PasswordQuestion
          title="New recovery codes"
          description="Those that you have are worth nothing then."
          action="Make new codes"
          onClose={close}
          submit={async (password) => {
            const answer = await postAuth<{ backupCodes: string[] }>("/api/auth/two-factor/generate-backup-codes", {
              password,
            });
            if (answer.ok) onAsk({ kind: "codes", codes: answer.body.backupCodes });
            return answer;
          }}
        />
      );
    case "off":
      return (
        <PasswordQuestion
          title="Switch two-factor off?"
          description="Then the password alone lets somebody in."
          action="Switch off"
          danger
          onClose={close}
          submit={async (password) => {
            const answer = await postAuth("/api/auth/two-factor/disable", { password });
            if (answer.ok) done("Two-factor is off.");
            return answer;
          }}
        />
      );
    case "codes":
      return <RecoveryCodes codes={asking.codes} onClose={close} />;
  }
}
