"use client";

import { useState } from "react";
import { copyText } from "@/components/charts/copy-chart";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { makePassword } from "./make-password";

interface Props {
  readonly value: string;
  readonly error: string | null;
  readonly autoFocus?: boolean;
  onChange(value: string): void;
}

/** A password for somebody else: typed, or made here and shown, because it has to be handed over. */
export function NewPassword({ value, error, autoFocus = false, onChange }: Props) {
  const [made, setMade] = useState("");
  const toast = useToast();
  const isMade = made !== "" && value === made;
  const make = () => {
    const next = makePassword();
    setMade(next);
    onChange(next);
  };
  const copy = async () => {
    const taken = await copyText(value, "unity-password.txt", "text/plain");
    toast({ text: taken === "copied" ? "Copied." : "Saved as unity-password.txt." });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <TextField
        key={String(isMade)}
        label="Password"
        hint={
          isMade
            ? "Hand it over in person, or by something that you trust. It can be changed after signing in."
            : "At least 10 characters."
        }
        credential="new-password"
        secret={!isMade}
        required
        autoFocus={autoFocus}
        error={error}
        value={value}
        onChange={onChange}
      />
      <span className="flex gap-1">
        <Button size="small" variant="ghost" icon="refresh" className="-ml-2" onClick={make}>
          {isMade ? "Make another" : "Make one"}
        </Button>
        {isMade ? (
          <Button size="small" variant="ghost" icon="copy" onClick={() => void copy()}>
            Copy
          </Button>
        ) : null}
      </span>
    </div>
  );
}
