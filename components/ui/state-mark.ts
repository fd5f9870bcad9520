import type { CSSProperties } from "react";
import { TONE_TEXT, type Tone } from "./tones";

const drawing = (shape: string) =>
  `url("data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">${shape}</svg>`)}")`;

/** The shapes of `StatusShape`, for a list's wrapper: its marks are masks, because there may be hundreds of them. */
export const STATE_MASKS = {
  "--shape-ok": drawing('<circle cx="6" cy="6" r="4"/>'),
  "--shape-info": drawing('<path d="M6 1.2 10.8 6 6 10.8 1.2 6z" stroke="#000" stroke-linejoin="round"/>'),
  "--shape-warn": drawing('<path d="M6 1.6 11 10.4H1z" stroke="#000" stroke-linejoin="round"/>'),
  "--shape-bad": drawing('<rect x="1.75" y="1.75" width="8.5" height="8.5" rx="1.25"/>'),
  "--shape-unknown": drawing(
    '<circle cx="6" cy="6" r="3.8" fill="none" stroke="#000" stroke-width="1.6" stroke-dasharray="1.6 2.38" stroke-linecap="round"/>',
  ),
  "--shape-paused": drawing('<path d="M4 2.5v7M8 2.5v7" stroke="#000" stroke-width="2" stroke-linecap="round"/>'),
} as CSSProperties;

/** Literal classes, as Tailwind reads them. */
const SHAPE: Readonly<Record<Tone, string>> = {
  ok: "[--mask:var(--shape-ok)]",
  info: "[--mask:var(--shape-info)]",
  warn: "[--mask:var(--shape-warn)]",
  bad: "[--mask:var(--shape-bad)]",
  unknown: "[--mask:var(--shape-unknown)]",
  paused: "[--mask:var(--shape-paused)]",
};

/** Classes of what holds the word of a state, which draw its shape. Where there is no room for the word, it is still there for those who listen. */
export function stateMark(tone: Tone): string {
  // The word of what is well is as quiet as the rest of the row.
  return `state-mark masked ${tone === "ok" ? "text-muted before:bg-ok" : TONE_TEXT[tone]} ${SHAPE[tone]}`;
}
