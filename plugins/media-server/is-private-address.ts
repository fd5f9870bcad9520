/** Addresses of the own network: RFC 1918, 4193, loopback and link-local. Without an address it is taken to be one. */
const PRIVATE =
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|$)/;

/** @param endpoint with or without a port: 10.0.0.5, 10.0.0.5:50123, [fd00::1]:50123 */
export function isPrivateAddress(endpoint: string): boolean {
  const bare = endpoint.replace(/^\[([^\]]*)\].*$/, "$1").replace(/^::ffff:/i, "");
  return PRIVATE.test(bare.toLowerCase());
}
