"use client";

import { useId } from "react";
import { copyText } from "@/components/charts/copy-chart";
import type { MadeToken } from "@/components/data/outputs";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useToast } from "@/components/ui/Toast";
import { tokenCall } from "./token-call";

/** A token that was just made: only its hash is kept. */
export function ShownOnce({ token: { name, secret, scopes }, onClose }: { token: MadeToken; onClose(): void }) {
  return (
    <Dialog
      open
      stays
      title={`"${name}" is made`}
      description="Copy it now: it is not shown again. A lost one is replaced by a new one."
      onOpenChange={(open) => open || onClose()}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        <ToCopy label="Token" text={secret} file="unity-token.txt" />
        <ToCopy
          label="Try it"
          text={tokenCall({ origin: location.origin, secret, scopes })}
          file="unity-token-curl.txt"
        />
      </div>
    </Dialog>
  );
}

function ToCopy({ label, text, file }: { label: string; text: string; file: string }) {
  const id = useId();
  const toast = useToast();
  const copy = async () => {
    const taken = await copyText(text, file, "text/plain");
    toast({ text: taken === "copied" ? "Copied." : `Saved as ${file}.` });
  };
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <h3 id={id} className="text-sm font-medium">
          {label}
        </h3>
        <Button size="small" icon="copy" onClick={() => void copy()}>
          Copy<span className="sr-only"> {label === "Token" ? "the token" : "the line"}</span>
        </Button>
      </div>
      <code className="block rounded-xl border border-line-strong bg-raised px-3 py-2.5 font-mono text-xs break-all select-all dark:bg-bg">
        {text}
      </code>
    </section>
  );
}
