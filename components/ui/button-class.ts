const SHAPE =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:cursor-default disabled:opacity-50";
const VARIANTS = {
  primary: "bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-raised",
  ghost: "text-muted hover:bg-raised hover:text-ink",
  danger: "border border-line-strong bg-surface text-bad hover:bg-bad-soft",
} as const;
const SIZES = { small: "h-7 px-2 text-xs", normal: "h-8 px-3 text-sm" } as const;
/** A finger needs more than a mouse does. */
const TOUCH = "pointer-coarse:min-h-9";

export interface ButtonLook {
  /** Default "secondary". One primary a view. */
  readonly variant?: keyof typeof VARIANTS;
  readonly size?: keyof typeof SIZES;
}

/** The look of a button, for links that do what a button would. */
export function buttonClass({ variant = "secondary", size = "normal" }: ButtonLook = {}): string {
  return `${SHAPE} ${VARIANTS[variant]} ${SIZES[size]} ${TOUCH}`;
}
