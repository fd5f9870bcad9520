/** Why not, as people say it: what the sign-in answers with is a code, as "INVALID_CODE". */
export function reasonWords(reason: string): string {
  if (!/^[A-Z]+(_[A-Z0-9]+)*$/.test(reason)) return reason;
  const words = reason.toLowerCase().replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
