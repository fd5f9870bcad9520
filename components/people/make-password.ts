/** Without those that look alike: people read it out, and type it once. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const OF_GROUP = 5;

/** "k7mtq-9xqey-…": 99 bits, so that nobody guesses it. @param random fills what it is given with random bytes */
export function makePassword(random: (bytes: Uint8Array<ArrayBuffer>) => unknown = fill): string {
  let text = "";
  const bytes = new Uint8Array(64);
  while (text.length < GROUPS * OF_GROUP) {
    random(bytes);
    // What is beyond the last whole set of letters would make the first ones likelier.
    const fair = bytes.filter((byte) => byte < 256 - (256 % LETTERS.length));
    text += [...fair].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  }
  return Array.from({ length: GROUPS }, (_, at) => text.slice(at * OF_GROUP, (at + 1) * OF_GROUP)).join("-");
}

const fill = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
