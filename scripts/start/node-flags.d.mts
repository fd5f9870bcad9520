/** Node's flags for the built server, whoever starts it. */
export const NODE_FLAGS: readonly string[];
/** For the C library's memory: variables of the server's environment. */
export const NODE_MEMORY: Readonly<Record<string, string>>;
