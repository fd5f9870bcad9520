/** Set by the entry on every request, whatever came in under these names: where it came from, and how. */
export const CLIENT_ADDRESS = "x-unity-client-address";
/** "https" where the connection of the browser is encrypted. */
export const CLIENT_PROTOCOL = "x-unity-client-protocol";
/** Who a reverse proxy that is trusted says it is; absent otherwise. */
export const PROXY_USER = "x-unity-proxy-user";
/** "yes" where the browser runs on this machine, with no proxy in between. */
export const FROM_THIS_MACHINE = "x-unity-from-this-machine";
