/** Matches shell-like globs: `*` within a path segment, `**` across segments, `?` one character. Never a regular expression from input. */
export function matchesGlob(text: string, glob: string): boolean {
  const pattern = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part === "?" ? "[^/]" : escapePattern(part)))
    .join("");
  return new RegExp(`^${pattern}$`, "s").test(text);
}

/** True when one of the globs matches. */
export const matchesAny = (text: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(text, glob));

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
