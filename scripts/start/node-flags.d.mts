/** Node's flags for the built server, whoever starts it. */
export const NODE_FLAGS: readonly string[];
