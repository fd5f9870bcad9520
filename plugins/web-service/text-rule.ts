import { findPattern, parsePattern } from "../sdk";

/** A text as it stands, or `/pattern/flags`. */
export type TextRule = (text: string) => boolean;

/** @throws Error that says what is wrong with the pattern */
export function readTextRule(rule: string): TextRule {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(rule) ?? [];
  if (source === undefined) return (text) => text.includes(rule);
  const pattern = parsePattern(source, flags ?? "");
  return (text) => findPattern(pattern, text);
}

/** What is wrong with a rule as entered, or undefined. */
export function findRuleProblem(rule: string): string | undefined {
  try {
    readTextRule(rule);
    return undefined;
  } catch (error) {
    return `The pattern ${error instanceof Error ? error.message : String(error)}.`;
  }
}
