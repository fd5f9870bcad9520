import type { Severity } from "@/components/data/outputs";

/** "(2) Overview · Unity". @param title may carry an earlier count */
export function titleOf(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, "");
  return count > 0 ? `(${shortCount(count)}) ${plain}` : plain;
}

/** What is read on amber is dark: white would not pass 4.5:1. */
const BADGE: Readonly<Record<Severity, { ground: string; digit: string }>> = {
  critical: { ground: "#e5242a", digit: "#fff" },
  warning: { ground: "#f5a524", digit: "#1c1305" },
  info: { ground: "#eef0ff", digit: "#3730a3" },
};

/** Unity's mark with a badge in the colour of the worst, as an address. A tab shows it at 16 px: more than one digit does not fit. */
export function faviconOf(count: number, worst: Severity): string {
  const { ground, digit: ink } = BADGE[worst];
  const digit = count > 9 ? "+" : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4f46e5"/><path d="M6 17h4l3-8 5 14 3-6h5" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/><circle cx="22" cy="10" r="10" fill="${ground}"/><text x="22" y="15.500" font-family="system-ui,sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="${ink}">${digit}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const shortCount = (count: number) => (count > 99 ? "99+" : String(count));
