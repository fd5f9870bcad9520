"use client";

import type { HeartbeatView, NotifySettings } from "@/components/data/outputs";
import { SecretField } from "@/components/form/SecretField";
import { isReference, KEPT } from "@/components/form/values";
import { formatExact } from "@/components/format";
import { NumberField } from "@/components/ui/NumberField";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { addressProblem } from "./address-problem";
import { SettingsCard } from "./SettingsCard";
import { problemAt, useNotifySettings } from "./use-notify-settings";

const SECONDS = { min: 10, max: 86_400 } as const;

interface Form {
  readonly url: string;
  readonly everySeconds: number | null;
}
interface Props {
  readonly settings: NotifySettings;
  readonly heartbeat: HeartbeatView;
  readonly renderedAt: number;
}

/** A dead man's switch: somebody outside hears that Unity works, and tells when that stops. */
export function HeartbeatCard({ settings, heartbeat, renderedAt }: Props) {
  const state = useNotifySettings<Form>({
    stored: settings.heartbeat,
    check: ({ url, everySeconds }) => ({
      ...problemAt("heartbeat.url", url === KEPT || isReference(url) ? null : addressProblem(url)),
      ...(everySeconds !== null && everySeconds >= SECONDS.min && everySeconds <= SECONDS.max
        ? {}
        : { "heartbeat.everySeconds": `Type ${SECONDS.min} to ${formatExact(SECONDS.max)} seconds.` }),
    }),
    merge: ({ url, everySeconds }, now) => ({
      ...now,
      heartbeat: { url: url.trim(), everySeconds: everySeconds ?? now.heartbeat.everySeconds },
    }),
  });
  const { form, problems, change } = state;
  return (
    <SettingsCard
      title="Heartbeat"
      about="An address outside is called again and again while collecting works. When the calls stop, that service tells you: a dead man's switch, such as healthchecks.io."
      state={state}
      standing={settings.heartbeat.url === "" ? null : <Standing heartbeat={heartbeat} renderedAt={renderedAt} />}
    >
      <SecretField
        key={`address-${state.discarded}-${settings.heartbeat.url}`}
        label="Address"
        hint="Empty: nobody outside watches Unity. It is as good as a password."
        hasDefault
        maxLength={1_000}
        placeholder="https://hc-ping.com/…"
        error={problems["heartbeat.url"] ?? null}
        value={form.url}
        onChange={(url) => change({ url })}
      />
      <NumberField
        key={state.discarded}
        label="Every"
        required
        integer
        suffix="s"
        {...SECONDS}
        error={problems["heartbeat.everySeconds"] ?? null}
        value={form.everySeconds}
        onChange={(everySeconds) => change({ everySeconds })}
      />
    </SettingsCard>
  );
}

/** What the last beat said. The answer is text from outside. */
function Standing({ heartbeat: { at, ok, answer, held }, renderedAt }: Pick<Props, "heartbeat" | "renderedAt">) {
  const [tone, word]: [Tone, string] = held
    ? ["warn", "Held: collecting does not work"]
    : ok === null
      ? ["unknown", "Not told yet"]
      : ok
        ? ["ok", "Told"]
        : ["bad", "Not told"];
  return (
    <p className="flex items-start gap-2 text-xs" role="status">
      <StatusShape tone={tone} label="" size={11} className="mt-0.5" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{word}</span>
        {at === null ? null : (
          <span className="num text-muted">
            {" "}
            · last <RelativeTime at={at} now={renderedAt} />
            {answer === "" ? null : (
              <>
                {" · "}
                <bdi className="[overflow-wrap:anywhere]">{answer}</bdi>
              </>
            )}
          </span>
        )}
      </span>
    </p>
  );
}
