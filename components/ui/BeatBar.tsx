import type { Beat } from "./HeartbeatStrip";

/** Of ten: failures are taller as well as red, because colour is never the only signal. */
const LOOK: Readonly<Record<Beat, { height: number; className: string }>> = {
  ok: { height: 7, className: "text-ok-fill/75" },
  partial: { height: 8.5, className: "text-warn-fill" },
  failed: { height: 10, className: "text-bad-fill" },
  none: { height: 3, className: "text-idle-fill/70" },
};
const KINDS = ["none", "ok", "partial", "failed"] as const;

interface ShapesProps {
  /** Oldest first. */
  readonly beats: readonly Beat[];
  /** Stands out from the others. */
  readonly chosen?: number | null;
}

/** A row of beats in at most five shapes however long it is: a page has hundreds of rows. Fills the place it stands in. */
export function BeatShapes({ beats, chosen = null }: ShapesProps) {
  const beat = chosen === null ? undefined : beats[chosen];
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, beats.length * 4 - 1)} 10`}
      preserveAspectRatio="none"
      className="block size-full min-w-0"
      aria-hidden="true"
    >
      <g className={`transition-opacity ${beat ? "opacity-50" : ""}`}>
        {KINDS.map((kind) => {
          const path = beats.map((one, index) => (one === kind ? cell(index, kind) : "")).join("");
          return path === "" ? null : <path key={kind} d={path} fill="currentColor" className={LOOK[kind].className} />;
        })}
      </g>
      {beat && chosen !== null ? (
        <path d={cell(chosen, beat)} fill="currentColor" className={LOOK[beat].className} />
      ) : null}
    </svg>
  );
}

const cell = (index: number, kind: Beat) => `M${index * 4} 10v${-LOOK[kind].height}h3v${LOOK[kind].height}z`;

interface Props extends ShapesProps {
  /** Whose beats these are: "nas, last 24 hours". */
  readonly label: string;
  /** Pixels. Default 10. */
  readonly height?: number;
}

/** A heartbeat strip to look at only. */
export function BeatBar({ beats, label, height = 10 }: Props) {
  const failed = beats.filter((beat) => beat === "failed").length;
  return (
    <div
      role="img"
      aria-label={`${label}: ${failed > 0 ? `${failed} of ${beats.length} with failures` : "no failures"}`}
      style={{ height }}
      className="min-w-0"
    >
      <BeatShapes beats={beats} />
    </div>
  );
}
