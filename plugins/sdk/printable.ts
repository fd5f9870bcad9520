/** Makes a name fit for one line of text: control and direction characters are written as escapes again. */
export const printable = (text: string) =>
  text.replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, (char) =>
    char < "\u0100"
      ? `\\${(char.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`
      : `\\u${(char.codePointAt(0) ?? 0).toString(16)}`,
  );
