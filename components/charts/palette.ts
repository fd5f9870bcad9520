/** The theme's colours as canvas takes them. The CSS engine mixes them, so that tokens stay the only source. */
export interface Palette {
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly ink: string;
  readonly font: string;
  /** @param place 1 to 8 */
  series(place: number, alpha?: number): string;
  severity(severity: "info" | "warning" | "critical", alpha?: number): string;
}

const SEVERITY = { info: "--accent", warning: "--warn-fill", critical: "--bad-fill" } as const;

/** @param host an element of the page: the theme that it stands in counts */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.style.display = "none";
  host.append(probe);
  const known = new Map<string, string>();
  const mix = (token: string, alpha: number): string => {
    const wanted = `color-mix(in srgb, var(${token}) ${Math.round(alpha * 100)}%, transparent)`;
    const found = known.get(wanted);
    if (found !== undefined) return found;
    host.append(probe);
    probe.style.color = wanted;
    const colour = getComputedStyle(probe).color;
    probe.remove();
    known.set(wanted, colour);
    return colour;
  };
  probe.remove();
  return {
    muted: mix("--muted", 1),
    line: mix("--line", 1),
    surface: mix("--surface", 1),
    ink: mix("--ink", 1),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    series: (place, alpha = 1) => mix(`--series-${place}`, alpha),
    severity: (severity, alpha = 1) => mix(SEVERITY[severity], alpha),
  };
}
