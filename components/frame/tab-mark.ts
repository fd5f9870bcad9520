/** "(2) Overview · Unity". @param title may carry an earlier count */
export function titleOf(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, "");
  return count > 0 ? `(${shortCount(count)}) ${plain}` : plain;
}

/** Unity's mark with a red badge, as an address. A tab shows it at 16 px: more than one digit does not fit. */
export function faviconOf(count: number): string {
  const digit = count > 9 ? "+" : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4f46e5"/><path d="M6 17h4l3-8 5 14 3-6h5" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/><circle cx="22" cy="10" r="10" fill="#e5242a"/><text x="22" y="15.500" font-family="system-ui,sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="#fff">${digit}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const shortCount = (count: number) => (count > 99 ? "99+" : String(count));
