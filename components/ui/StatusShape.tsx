import { TONE_TEXT, TONE_WORD, type Tone } from "./tones";

interface Props {
  readonly tone: Tone;
  /** Said instead of the tone's own word: "Failing since 14:03". "" where a text beside it says the same. */
  readonly label?: string;
  /** Pixels. Default 12. */
  readonly size?: number;
  /** The dot of a firing alert is the only thing on a page that pulses. */
  readonly firing?: boolean;
  readonly className?: string;
}

/** ● healthy, ◆ information, ▲ warning, ■ critical, ◌ unknown, ‖ paused: a state by shape as well as by colour. */
export function StatusShape({ tone, label = TONE_WORD[tone], size = 12, firing = false, className = "" }: Props) {
  const drawing = (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      className={`shrink-0 ${TONE_TEXT[tone]} ${firing ? "firing" : ""} ${className}`}
      aria-hidden="true"
    >
      <Shape tone={tone} />
    </svg>
  );
  if (label === "") return drawing;
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex shrink-0">
      {drawing}
    </span>
  );
}

function Shape({ tone }: { tone: Tone }) {
  switch (tone) {
    case "ok":
      return <circle cx="6" cy="6" r="4" fill="currentColor" />;
    case "info":
      return (
        <path d="M6 1.2 10.8 6 6 10.800 1.200 6z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      );
    case "warn":
      return <path d="M6 1.6 11 10.4H1z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />;
    case "bad":
      return <rect x="1.75" y="1.75" width="8.5" height="8.5" rx="1.25" fill="currentColor" />;
    case "unknown":
      return (
        <circle
          cx="6"
          cy="6"
          r="3.8"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeDasharray="1.6 2.38"
          strokeLinecap="round"
        />
      );
    case "paused":
      return <path d="M4 2.500v7M8 2.500v7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />;
    default:
      tone satisfies never;
      return null;
  }
}
