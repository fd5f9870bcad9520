"use client";

import { copyText, save } from "@/components/charts/copy-chart";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useToast } from "@/components/ui/Toast";

const FILE = "unity-recovery-codes.txt";

/** Shown once: what lets somebody in whose phone is lost. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const toast = useToast();
  const text = `Recovery codes for Unity at ${location.origin}. Each can be used once.\n\n${codes.join("\n")}\n`;
  const copy = async () => {
    const taken = await copyText(codes.join("\n"), FILE, "text/plain");
    toast({ text: taken === "copied" ? "Copied." : `Saved as ${FILE}.` });
  };
  return (
    <Dialog
      open
      stays
      title="Recovery codes"
      description="When the phone is lost, one of these lets you in instead of its code, once. They are not shown again: keep them where you keep passwords."
      onOpenChange={(open) => open || onClose()}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-xl border border-line-strong bg-raised px-4 py-3 font-mono text-sm sm:gap-x-10 dark:bg-bg"
      >
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" icon="copy" onClick={() => void copy()}>
          Copy
        </Button>
        <Button size="small" icon="download" onClick={() => save(new Blob([text], { type: "text/plain" }), FILE)}>
          Download
        </Button>
      </div>
    </Dialog>
  );
}
