import type { HttpAnswer } from "../sdk";
import type { Entry } from "./config";
import { type JsonRule, judgeJson, parseJsonRule } from "./json-rule";
import { readTextRule } from "./text-rule";
import type { Problem } from "./verdict";

type Answer = Pick<HttpAnswer, "status" | "headers" | "body" | "truncated">;

/** What is expected of an answer and did not hold. `undefined` where nothing was expected. */
export interface Judgement {
  readonly problems: readonly Problem[];
  readonly contentMatch: boolean | undefined;
  readonly assertionsFailed: number | undefined;
}

/** Holds an answer against what is expected: status, content, headers, JSON. */
export function judgeAnswer(answer: Answer, expected: Entry, label: string): Judgement {
  const status = judgeStatus(answer.status, expected.expectedStatus, label);
  const content = judgeContent(answer.body, expected, label);
  const faults = [...judgeHeaders(answer, expected), ...judgeDocument(answer, expected)];
  const asserted = expected.jsonAssert.length + Object.keys(expected.expectedHeaders).length > 0;
  const asked = expected.mustContain !== undefined || expected.mustNotContain !== undefined;
  return {
    problems: [
      ...(status ? [status] : []),
      ...(content ? [content] : []),
      ...(faults.length > 0 ? [assertProblem(label, faults)] : []),
    ],
    contentMatch: asked ? content === undefined : undefined,
    assertionsFailed: asserted ? faults.length : undefined,
  };
}

const assertProblem = (label: string, faults: readonly string[]): Problem => ({
  cause: "assert",
  reason: "partial",
  message: `${label}: ${faults.slice(0, 3).join("; ")}${faults.length > 3 ? `; and ${faults.length - 3} more` : ""}.`,
});

const STATUS_REASONS: Readonly<Record<number, Problem["reason"]>> = {
  401: "auth",
  403: "auth",
  404: "not_found",
  407: "auth",
  429: "rate_limited",
};

function judgeStatus(status: number, expected: Entry["expectedStatus"], label: string): Problem | undefined {
  const holds = expected.some((range) => {
    const [low = 0, high = low] = String(range).split("-").map(Number);
    return status >= low && status <= high;
  });
  if (holds) return undefined;
  const reason = STATUS_REASONS[status] ?? "partial";
  return { cause: "status", reason, message: `${label} answered ${status} instead of ${expected.join(", ")}.` };
}

function judgeContent(body: string, { mustContain, mustNotContain }: Entry, label: string): Problem | undefined {
  const problem = (message: string): Problem => ({ cause: "content", reason: "partial", message });
  try {
    if (mustContain !== undefined && !readTextRule(mustContain)(body))
      return problem(`${label} does not contain ${quote(mustContain)}.`);
    if (mustNotContain !== undefined && readTextRule(mustNotContain)(body))
      return problem(`${label} contains ${quote(mustNotContain)}.`);
    return undefined;
  } catch (error) {
    return problem(`${label}: the pattern ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function judgeHeaders({ headers }: Answer, { expectedHeaders }: Entry): string[] {
  return Object.entries(expectedHeaders).flatMap(([name, rule]) => {
    const key = name.toLowerCase();
    const value = Object.hasOwn(headers, key) ? headers[key] : undefined;
    if (value === undefined) return [`the header ${key} is missing`];
    return readTextRule(rule)(value) ? [] : [`the header ${key} is ${quote(value)}, without ${quote(rule)}`];
  });
}

function judgeDocument({ body, truncated }: Answer, { jsonAssert }: Entry): string[] {
  if (jsonAssert.length === 0) return [];
  const rules = jsonAssert.map((rule) => (typeof rule === "string" ? parseJsonRule(rule) : rule)).filter(isRule);
  if (truncated) return rules.map(({ path }) => `${path}: the answer is longer than 1 MiB`);
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    // What exactly is wrong with it differs between versions of the runtime, and helps nobody.
    return rules.map(({ path }) => `${path}: the answer is not JSON`);
  }
  return rules.flatMap((rule) => judgeJson(document, rule) ?? []);
}

const isRule = (rule: JsonRule | undefined): rule is JsonRule => rule !== undefined;
const quote = (text: string) => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
