import type { OverviewInstance } from "@/components/data/outputs";
import type { Samples } from "./concerns";
import { sameSamples } from "./use-figures";

/** What a card and a row of an instance are drawn from. */
export interface InstanceProps {
  readonly instance: OverviewInstance;
  readonly samples: Samples;
  readonly waiting: boolean;
  readonly renderedAt: number;
  readonly compact: boolean;
}

/** Live messages come five times a second; most of them say nothing about this one. */
export const isSameInstance = (before: InstanceProps, after: InstanceProps): boolean =>
  before.instance === after.instance &&
  before.waiting === after.waiting &&
  before.compact === after.compact &&
  sameSamples(after.instance.figures, before.samples, after.samples);
