import { type AnyUnit, formatValue } from "@/components/format";

interface Props {
  readonly value: number | null | undefined;
  readonly unit: AnyUnit;
  /** Makes instants relative. Epoch milliseconds. */
  readonly now?: number;
  /** Grey: the number is old. */
  readonly stale?: boolean;
  readonly className?: string;
}

/** A number with its unit set smaller beside it. */
export function Value({ value, unit, now, stale = false, className = "" }: Props) {
  const { text, unit: suffix } = formatValue(value, unit, now);
  return (
    <span className={`num whitespace-nowrap ${stale ? "text-muted" : ""} ${className}`}>
      {text}
      {suffix === "" ? null : (
        <span className={`text-[0.82em] leading-none text-muted ${suffix === "%" ? "" : "ms-[0.25em]"}`}>{suffix}</span>
      )}
    </span>
  );
}
