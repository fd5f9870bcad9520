/** Ticks are not exact. */
const GRACE_MS = 500;

/** True when so many seconds have passed since. */
export const isDue = (now: number, at: number, seconds: number) => now - at >= seconds * 1_000 - GRACE_MS;
