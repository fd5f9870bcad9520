"use client";

import type { PersonView } from "@/components/data/outputs";
import { Question } from "@/components/ui/Question";
import type { usePersonDeeds } from "./use-person-deeds";

/** What is asked about before it is done. */
export type PersonDeed = "factors" | "sessions" | "off" | "delete";

interface Props {
  readonly person: PersonView;
  readonly deed: PersonDeed;
  readonly deeds: ReturnType<typeof usePersonDeeds>;
  onClose(): void;
}

export function PersonQuestion({ person: { name }, deed, deeds, onClose }: Props) {
  const shared = { open: true, onOpenChange: onClose, busy: deeds.busy, error: deeds.error };
  switch (deed) {
    case "factors":
      return (
        <Question
          title={`Reset two-factor and passkeys of ${name}?`}
          description="For a phone or a key that was lost. The password alone lets them in then, until they set up new ones. Their sessions end."
          action="Reset"
          failed="It was not reset"
          onAction={deeds.resetFactors}
          {...shared}
        />
      );
    case "sessions":
      return (
        <Question
          title={`End the sessions of ${name}?`}
          description="Wherever they are signed in, they sign in again."
          action="End them"
          failed="They were not ended"
          onAction={deeds.endSessions}
          {...shared}
        />
      );
    case "off":
      return (
        <Question
          title={`Switch ${name} off?`}
          description="They are signed out and cannot sign in. Everything about them is kept until they are switched on again."
          action="Switch off"
          icon="pause"
          failed="They were not switched off"
          onAction={() => deeds.setDisabled(true)}
          {...shared}
        />
      );
    case "delete":
      return (
        <Question
          title={`Delete ${name}?`}
          description="They cannot sign in any more, and their passkeys and tokens are gone. What they did keeps their name. To keep them, switch them off."
          action="Delete"
          icon="remove"
          failed="They could not be deleted"
          onAction={deeds.remove}
          {...shared}
        />
      );
  }
}
