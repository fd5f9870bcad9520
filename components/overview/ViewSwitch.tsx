"use client";

import { IconButton } from "@/components/ui/IconButton";
import { Segmented } from "@/components/ui/Segmented";
import type { View } from "./view";

const LAYOUTS = [
  { value: "grid", name: "Grid" },
  { value: "table", name: "Table" },
] as const;

export function ViewSwitch({ view, onChange }: { view: View; onChange(view: View): void }) {
  const compact = view.density === "compact";
  return (
    <div className="flex items-center gap-1.5 lg:order-2">
      <IconButton
        icon="rows"
        label="Compact"
        pressed={compact}
        onClick={() => onChange({ ...view, density: compact ? "normal" : "compact" })}
      />
      <Segmented
        label="Layout"
        value={view.layout}
        options={LAYOUTS}
        onChange={(layout) => onChange({ ...view, layout })}
      />
    </div>
  );
}
