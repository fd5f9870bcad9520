import type { CollectContext, HttpAnswer, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;

/** What every server tells in its own words. What one does not know is undefined. */
export interface Server {
  readonly version: string;
  readonly platform: string;
  readonly name: string;
  readonly responseSeconds: number;
  readonly streams: readonly Stream[];
  readonly sessions?: number | undefined;
  readonly updateAvailable?: boolean | undefined;
  readonly restartPending?: boolean | undefined;
  readonly tasksFailed?: readonly string[] | undefined;
}

export interface Stream {
  readonly state: "playing" | "paused";
  readonly method: "direct_play" | "direct_stream" | "transcode";
  /** Who transcodes the picture; undefined when nobody does. */
  readonly videoBy: "hardware" | "software" | undefined;
  /** 1 is as fast as it is played. Undefined when not known, or while the transcoder rests because it is far enough ahead. */
  readonly speed: number | undefined;
  readonly bitsPerSecond: number | undefined;
  readonly location: "lan" | "wan";
  readonly user: string;
  readonly title: string;
  readonly device: string;
}

/** Seconds an answer took, to its last byte. */
export const secondsOf = ({ timings }: HttpAnswer) => timings.total / 1_000;
