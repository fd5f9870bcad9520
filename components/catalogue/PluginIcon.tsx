import type { CSSProperties } from "react";

/** The same for a list of hundreds: a mask of what is `masked`, without an element. */
export const iconOf = (id: string) => ({ "--mask": `url("/icons/${encodeURIComponent(id)}.svg")` }) as CSSProperties;

/** A plugin's own icon in the colour of the text around it. Served from the plugin's folder, used as a mask. */
export function PluginIcon({ id, size = 20, className = "" }: { id: string; size?: number; className?: string }) {
  const mask = `url("/icons/${encodeURIComponent(id)}.svg") center / contain no-repeat`;
  return (
    <span
      aria-hidden="true"
      className={`inline-block shrink-0 bg-current ${className}`}
      style={{ width: size, height: size, mask, WebkitMask: mask }}
    />
  );
}
