import type { Permission } from "@/components/account/rights";

/** What a token may do, from least to most. As `PERMISSIONS` in `server/auth/visitor.ts` has it: none includes another. */
export const SCOPES = ["read", "respond", "edit", "send", "administer"] as const satisfies readonly Permission[];

export const SCOPE_WORDS: Readonly<Record<Permission, { readonly name: string; readonly may: string }>> = {
  read: { name: "Read", may: "Looks at everything that is watched: readings, history, alerts." },
  respond: { name: "Respond", may: "Handles alerts, plans silences, collects now." },
  edit: { name: "Edit", may: "Sets rules, routes and what hangs on what." },
  send: { name: "Send", may: "Pushes metrics into an instance of its own: for Prometheus, OpenTelemetry, Telegraf." },
  administer: { name: "Administer", may: "Everything else: instances, channels, people, retention." },
};
