import { matches } from "../alerts/judge";
import type { Rule } from "../alerts/shapes/rule";
import type { Silence, SilenceMatcher } from "../alerts/shapes/silence";
import { matchesPlace } from "../alerts/silence-match";
import type { Instance } from "../collect/instance";
import type { SeriesFacts } from "../metrics/series";
import { asserted, isNegated } from "./limit-rules";

interface Places {
  readonly seen: readonly Instance[];
  readonly others: readonly Instance[];
  /** What watches it. */
  rulesOf(instance: Instance): readonly Rule[];
  seriesOf(instance: Instance): readonly SeriesFacts[];
}

/** What people call a silence may name all that it is for. */
export const NEUTRAL_NAMES: Readonly<Record<Silence["kind"], string>> = {
  silence: "Silence",
  maintenance: "Maintenance",
};

/** As it is for what is seen; undefined when it can mute nothing of that. Without its own words when it is for others, too. */
export function limitSilence(silence: Silence, places: Places): Silence | undefined {
  const ofPlaces = silence.matchers.filter(isOfPlace);
  const muted = places.seen.filter((one) => matchesPlace(ofPlaces, one));
  if (muted.length === 0) return undefined;
  const isKnown = (matcher: SilenceMatcher) => isSaidOf(asserted(matcher), { ...places, muted });
  const matchers = silence.matchers.filter(isKnown);
  if (!silence.matchers.every((matcher) => isNegated(matcher) || matchers.includes(matcher))) return undefined;
  const isOfOthers = places.others.some((one) => matchesPlace(ofPlaces, one));
  return isOfOthers ? { ...silence, matchers, name: NEUTRAL_NAMES[silence.kind], note: "" } : { ...silence, matchers };
}

const isOfPlace = ({ of }: SilenceMatcher) => of !== "label" && of !== "rule" && of !== "severity";

/** Whether what a matcher looks for is there among what is seen. */
function isSaidOf(
  matcher: SilenceMatcher,
  { seen, muted, rulesOf, seriesOf }: Places & { muted: readonly Instance[] },
) {
  const { of, op, value } = matcher;
  switch (of) {
    case "severity":
      return true;
    case "rule":
      return muted.some((one) =>
        rulesOf(one).some(({ id, name }) =>
          [id, name].some((label) => matches({ label }, [{ label: "label", op, value }])),
        ),
      );
    case "label": {
      const isIn = ({ labels }: Pick<SeriesFacts, "labels">) => matches(labels, [matcher]);
      return muted.some((one) => seriesOf(one).some(isIn) || rulesOf(one).some(isIn));
    }
    default:
      return seen.some((one) => matchesPlace([matcher], one));
  }
}
