import { useSyncExternalStore } from "react";

const never = () => () => {};

/** What only the browser knows; false while the server draws. */
export const useClientOnly = (ask: () => boolean): boolean => useSyncExternalStore(never, ask, () => false);
