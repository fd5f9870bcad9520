/** A certificate for hundreds of names lists the first ones; the count is told in full. */
export const MAX_NAMES_SHOWN = 50;

/**
 * Splits Node.js's text of the subject's alternative names, `DNS:nas.lab, IP Address:10.0.0.5`. A name that holds a comma or a
 * quote is written as a JSON string there.
 */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (quoted && letter === "\\") index += 1;
    else if (letter === '"') quoted = !quoted;
    else if (letter === "," && !quoted) {
      names.push(text.slice(start, index));
      start = index + 1;
    }
  }
  names.push(text.slice(start));
  return names.map((name) => withoutKind(name.trim())).filter((name) => name !== "");
}

const withoutKind = (name: string) => name.replace(/^(DNS|IP Address|URI|email):/, "").slice(0, 255);
