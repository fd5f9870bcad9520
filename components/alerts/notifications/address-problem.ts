/** What is wrong with an address that Unity shall call or be found at; null where nothing is, and where it is empty. */
export function addressProblem(typed: string): string | null {
  const address = typed.trim();
  if (address === "") return null;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return "An address begins with https:// or http://.";
  return null;
}
