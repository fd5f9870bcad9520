import { matchesGlob } from "../../plugins/sdk/globs";
import { matches } from "./judge";
import type { Alert } from "./shapes/alert";
import type { SilenceMatcher } from "./shapes/silence";

/** What a silence knows of an instance. One that was removed is known by its id. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly plugin: string;
  readonly tags: readonly string[];
}

/** Whether a silence speaks of an alert. @param place undefined when the instance is gone */
export function matchesAlert(matchers: readonly SilenceMatcher[], alert: Alert, place: Place | undefined): boolean {
  const labels = { ...alert.ruleLabels, ...alert.labels };
  return matchers.every((matcher) => {
    if (matcher.of === "label") return matches(labels, [matcher]);
    if (matcher.of === "rule") return isOne([alert.ruleId, alert.ruleName], matcher);
    if (matcher.of === "severity") return isOne([alert.severity], matcher);
    return isOne(namesOf(place, matcher.of, alert.instanceId), matcher);
  });
}

/** Whether it speaks of everything that an instance does. What looks at rules or labels does not. */
export function matchesPlace(matchers: readonly SilenceMatcher[], place: Place): boolean {
  return matchers.every((matcher) => {
    if (matcher.of === "label" || matcher.of === "rule" || matcher.of === "severity") return false;
    return isOne(namesOf(place, matcher.of, place.id), matcher);
  });
}

function namesOf(place: Place | undefined, of: "plugin" | "host" | "tag" | "instance", id: string): readonly string[] {
  switch (of) {
    case "plugin":
      return place ? [place.plugin] : [];
    case "host":
      return place ? [place.host] : [];
    case "tag":
      return place?.tags ?? [];
    case "instance":
      return place ? [id, place.name] : [id];
    default:
      return of satisfies never;
  }
}

/** One of the texts is so; of "not", none of them is. */
function isOne(texts: readonly string[], { op, value }: Pick<SilenceMatcher, "op" | "value">): boolean {
  const isGlob = op === "like" || op === "unlike";
  const found = texts.some((text) => (isGlob ? matchesGlob(text, value) : text === value));
  return found === (op === "is" || op === "like");
}
