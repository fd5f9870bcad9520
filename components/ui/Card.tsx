import { Card as TremorCard } from "@tremor/react";
import type { ComponentProps } from "react";

/** Literal classes, one for each padding. */
const PADDING = { none: "p-0", small: "p-3", normal: "p-4" } as const;

interface Props extends Omit<ComponentProps<typeof TremorCard>, "decoration" | "decorationColor"> {
  /** Default "normal", 16 px. */
  readonly padding?: keyof typeof PADDING;
}

/** Tremor's card in Unity's tokens: soft ground, thin line, no shadow at night. */
export function Card({ padding = "normal", className = "", ...rest }: Props) {
  return <TremorCard className={`${PADDING[padding]} ${className}`} {...rest} />;
}

/** A card's first line: what it is, and what belongs to it on the right. */
export function CardTitle({ children, aside }: { children: React.ReactNode; aside?: React.ReactNode }) {
  return (
    <div className="mb-3 flex min-h-6 items-center justify-between gap-3">
      <h2 className="truncate text-sm font-semibold">{children}</h2>
      {aside ? <div className="flex shrink-0 items-center gap-2 text-xs text-muted">{aside}</div> : null}
    </div>
  );
}
