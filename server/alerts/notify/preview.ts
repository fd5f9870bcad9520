import { UnityError } from "../../errors";
import type { Alert } from "../shapes/alert";
import type { Message } from "../shapes/message";
import { type Route, RouteDraft } from "../shapes/route";
import { choose, routesFor } from "./aim";
import { composeMessage, type Wording } from "./compose";
import { isQuiet, type Tell, type TellEvent } from "./decide";
import type { MutedBy, Place } from "./facts";

/** What a route would send of an alert, and why it would not. */
export interface Preview {
  readonly message: Message;
  /** Of the enabled channels. */
  readonly channels: readonly Place[];
  /** Whether the route's conditions fit the alert now. */
  readonly fits: boolean;
  /** Why nobody is told now. */
  readonly held: "acknowledged" | "snoozed" | "muted" | null;
  /** The silence, the maintenance, or what is down. */
  readonly heldBy: string | null;
}

export interface PreviewAsk {
  /** As it would be saved. */
  readonly route: unknown;
  /** An open one; without it an example is made. */
  readonly alertId?: string | undefined;
  readonly event?: TellEvent | undefined;
  /** So many more of the same in one message. */
  readonly more?: number | undefined;
}

const EXAMPLE_LABELS = { mount: "/srv" };
const MOST_MORE = 99;

export function previewMessage(
  { route: given, alertId, event = "firing", more = 0 }: PreviewAsk,
  parts: {
    readonly open: readonly Alert[];
    readonly places: readonly Place[];
    readonly wording: Wording;
    readonly mutedBy: MutedBy;
    readonly now: number;
  },
): Preview {
  const { open, places, wording, mutedBy, now } = parts;
  const parsed = RouteDraft.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnityError("invalid", issue?.message ?? "This is not valid.", { field: issue?.path.join(".") ?? "" });
  }
  const route: Route = { ...parsed.data, id: parsed.data.id ?? "preview" };
  const found = open.find(({ id }) => id === alertId);
  if (alertId !== undefined && !found) throw new UnityError("not_found", "This alert is over.");
  const alert = found ?? exampleAlert(now);
  const { factsOf } = wording;
  const example = { instance: "disks", host: "nas", plugin: "disk", tags: [], unit: "ratio" };
  // A link that works would act on what is only looked at.
  const shown: Wording = {
    factsOf: (one) => (one.instanceId === "" ? example : factsOf(one)),
    publicUrl: wording.publicUrl,
    link: (_, deed) => `${wording.publicUrl}/act/${deed}`,
  };
  const same = Array.from({ length: Math.min(more, MOST_MORE) }, (_, index) => ({
    ...alert,
    id: `${alert.id}-${index}`,
    key: `${alert.key}-${index}`,
  }));
  const tells: Tell[] = [alert, ...same].map((one) => ({ event, alert: one }));
  const muted = mutedBy(alert, now);
  return {
    message: composeMessage({ id: "preview", groupKey: "preview", route, tells, others: 0, now }, shown),
    channels: places.filter(({ id }) => choose(route.channels, places).includes(id)),
    fits: routesFor(alert, shown.factsOf(alert), [route], now).length > 0,
    held: muted ? "muted" : !isQuiet(alert, now) ? null : alert.acknowledged ? "acknowledged" : "snoozed",
    heldBy: muted?.name ?? alert.acknowledged?.by ?? null,
  };
}

function exampleAlert(now: number): Alert {
  const at = now - 95_000;
  return {
    key: "example",
    id: "example",
    ruleId: "example",
    ruleName: "Disk nearly full",
    instanceId: "",
    labels: EXAMPLE_LABELS,
    severity: "warning",
    summary: "{{mount}} on {{instance}} is {{value}} full",
    standing: { phase: "firing", since: at, at, heldMs: 0 },
    metric: null,
    value: 0.934,
    limit: 0.9,
    worst: 0.94,
    firedAt: at,
    acknowledged: null,
    snoozedUntil: null,
    fires: [at],
    channels: [],
    ruleLabels: {},
  };
}
