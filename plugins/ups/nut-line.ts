/** A character that was escaped, one that ends a quoted word, or any other. */
const CHARACTER = /\\(.?)|(")|(.)/gsu;

/**
 * Words of a line of NUT's protocol: separated by blanks, or in quotes; a backslash takes the next character as it is.
 * `VAR ups ups.model "Back-UPS \"700\""` has four.
 *
 * @see https://networkupstools.org/docs/developer-guide.chunked/net-protocol.html
 */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (const [, escaped, quote, plain] of line.matchAll(CHARACTER)) {
    if (quote !== undefined) {
      quoted = !quoted;
      word ??= "";
    } else if (!quoted && plain === " ") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ""}${escaped ?? plain}`;
  }
  return word === undefined ? words : [...words, word];
}
