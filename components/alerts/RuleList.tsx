import type { Rule } from "../data/outputs";
import { StatusShape } from "../ui/StatusShape";
import type { Tone } from "../ui/tones";
import { ruleWords } from "./rule-words";

const TONES: Readonly<Record<Rule["severity"], Tone>> = { critical: "bad", warning: "warn", info: "unknown" };
const WORDS: Readonly<Record<Rule["severity"], string>> = {
  critical: "Critical",
  warning: "Warning",
  info: "Information",
};

interface Props {
  readonly rules: readonly Rule[];
  /** Of the instance that they watch. */
  readonly name: string;
}

/** Rules in words: what would be said, and when. */
export function RuleList({ rules, name }: Props) {
  return (
    <ul className="flex flex-col gap-2.5">
      {rules.map((rule) => (
        <li key={rule.id} className="flex gap-2.5">
          <StatusShape tone={TONES[rule.severity]} label={WORDS[rule.severity]} size={11} className="mt-1" />
          <div className="min-w-0">
            <p className="text-sm text-pretty">
              {summaryParts(rule.summary, name).map(({ text, filled }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed sentence.
                <Part key={index} text={text} filled={filled} />
              ))}
            </p>
            <p className="num text-xs text-muted">{ruleWords(rule)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Part({ text, filled }: { text: string; filled: boolean }) {
  if (!filled) return text;
  return <em className="rounded bg-raised px-1 text-muted not-italic">{text}</em>;
}

/** What is filled in when it fires (a label, the value) stands apart from the sentence. */
const summaryParts = (summary: string, instance: string) =>
  summary
    .split(/(\{\{\w+\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const label = /^\{\{(\w+)\}\}$/.exec(part)?.[1];
      if (label === "instance" && instance !== "") return { text: instance, filled: false };
      return { text: label ?? part, filled: label !== undefined };
    });
