import type { AuditLine } from "@/components/data/outputs";

type Line = Pick<AuditLine, "actor" | "via" | "action" | "details">;

/** Who it was: as somebody was called then, or what is known of nobody. */
export const actorWords = ({ actor, action }: Pick<Line, "actor" | "action">): string =>
  actor ??
  (action === "notifications.act" ? "Whoever has the link" : action === "refusals" ? "Several" : "Not signed in");

/** By what somebody came, where it was not by signing in; null: that says nothing. */
export function viaWords({ via, details: { token } }: Pick<Line, "via" | "details">): string | null {
  switch (via) {
    case "token":
      return token === undefined ? "by a token" : `by the token "${token}"`;
    case "proxy":
      return "by the proxy";
    case "command":
      return "by a command";
    case "session":
    case "none":
      return null;
    default:
      return via satisfies never;
  }
}
