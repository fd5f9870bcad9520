export const DAY_S = 86_400;
/** A person at home signs in once a month, and only when nothing was looked at meanwhile. */
export const SESSION_S = 30 * DAY_S;
