/** PostgreSQL keeps no NUL in text, and no database half a character. What is collected may have either; this stands for them. */
const UNKNOWN = "\ufffd";
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** In JSON they are escapes; a backslash takes the sign after it along, so that `\\u0000` stays what it is. */
const ESCAPES = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

export const storableText = (text: string): string => text.replace(HALVES, UNKNOWN).replaceAll("\0", UNKNOWN);

export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(ESCAPES, (whole, sign: string) => (/^u(0000|d)/.test(sign) ? UNKNOWN : whole));
