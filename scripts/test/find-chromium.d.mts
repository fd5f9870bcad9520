/** A Chromium of this machine, when there is one outside Playwright's own folder. */
export function findChromium(): string | undefined;
