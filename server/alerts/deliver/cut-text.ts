const MORE = "…";

/**
 * The text where it is short enough, else its beginning and "…". Never half a character.
 *
 * @param size counts as the service does: characters as JavaScript has them, or bytes of UTF-8
 */
export function cutText(text: string, most: number, size: (text: string) => number = lengthOf): string {
  if (size(text) <= most) return text;
  const room = most - size(MORE);
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += size(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}${MORE}`;
}

/** Cut before it is escaped, so that no escape is cut. */
export const cutEscaped = (text: string, most: number, write: (text: string) => string) =>
  write(cutText(text, most, (part) => write(part).length));

const lengthOf = (text: string) => text.length;
export const bytesOf = (text: string) => Buffer.byteLength(text);
/** Inside a JSON string. */
export const jsonBytesOf = (text: string) => bytesOf(JSON.stringify(text)) - 2;
