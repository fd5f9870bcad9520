import type { Beat } from "./HeartbeatStrip";

interface Props {
  /** Oldest first. */
  readonly beats: readonly Beat[];
  /** Whose beats these are: "nas, last 24 hours". */
  readonly label: string;
  /** Pixels. Default 10. */
  readonly height?: number;
}

/** Of ten: failures are taller as well as red, as on the strip. */
const LOOK: Readonly<Record<Beat, { height: number; className: string }>> = {
  ok: { height: 7, className: "text-ok-fill/75" },
  partial: { height: 8.5, className: "text-warn-fill" },
  failed: { height: 10, className: "text-bad-fill" },
  none: { height: 3, className: "text-idle-fill/70" },
};
const KINDS = ["none", "ok", "partial", "failed"] as const;

/** A heartbeat strip to look at only, of four shapes however long: for pages with hundreds of them. */
export function BeatBar({ beats, label, height = 10 }: Props) {
  const count = (kind: Beat) => beats.filter((beat) => beat === kind).length;
  const failed = count("failed");
  const said = failed > 0 ? `${failed} of ${beats.length} with failures` : "no failures";
  return (
    <svg
      role="img"
      aria-label={`${label}: ${said}`}
      viewBox={`0 0 ${Math.max(1, beats.length * 4 - 1)} 10`}
      height={height}
      preserveAspectRatio="none"
      className="block w-full min-w-0"
    >
      {KINDS.map((kind) => {
        const { height: tall, className } = LOOK[kind];
        const path = beats.map((beat, index) => (beat === kind ? `M${index * 4} 10v${-tall}h3v${tall}z` : "")).join("");
        return path === "" ? null : <path key={kind} d={path} fill="currentColor" className={className} />;
      })}
    </svg>
  );
}
