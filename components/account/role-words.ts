import type { PersonView } from "@/components/data/outputs";

export type Role = PersonView["role"];

/** What each may do, in a sentence. As `ROLE_PERMISSIONS` in `server/auth/visitor.ts` has it. */
export const ROLE_WORDS: Readonly<Record<Role, { name: string; may: string }>> = {
  admin: { name: "Admin", may: "Everything: instances, channels, retention, people." },
  editor: {
    name: "Editor",
    may: "Handles alerts, silences and runs, and sets rules and routes. Not instances, channels or settings.",
  },
  viewer: { name: "Viewer", may: "Looks at everything, or at what has certain tags, and changes nothing." },
};

/** How somebody gets in, as people say it. @param ways as the server names them @param provider what its button says */
export function wayWords(ways: readonly string[], provider: string | null): string {
  const words = ways.map((way) => {
    if (way === "credential") return "Password";
    return way === "proxy" ? "Reverse proxy" : (provider ?? "Provider");
  });
  return words.join(", ") || "No way yet";
}
