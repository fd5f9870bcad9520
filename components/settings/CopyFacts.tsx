"use client";

import { copyText } from "@/components/charts/copy-chart";
import type { About } from "@/components/data/outputs";
import { Button } from "@/components/ui/Button";
import { useToast } from "@/components/ui/Toast";
import { aboutText } from "./about-text";

/** For a report of a fault. */
export function CopyFacts({ about }: { about: About }) {
  const toast = useToast();
  const copy = async () => {
    const taken = await copyText(aboutText(about), "unity.txt", "text/plain");
    toast({
      text: taken === "copied" ? "Copied, without names and paths." : "Saved as unity.txt, without names and paths.",
    });
  };
  return (
    <Button size="small" variant="ghost" icon="copy" onClick={() => void copy()}>
      Copy for a report
    </Button>
  );
}
