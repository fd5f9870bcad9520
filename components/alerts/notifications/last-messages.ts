/** As many as say whether it works; the log has the rest. The page asks for the same as the server did. */
export const LAST_MESSAGES = { limit: 5 } as const;
