import { labelWords } from "./metric-document";

/** What is looked through for the words of a question. */
export interface Candidate {
  readonly metric: string;
  readonly description: string;
  readonly plugin: { readonly id: string; readonly name: string };
  readonly instance: { readonly name: string; readonly host: string };
  readonly labels: Readonly<Record<string, string>>;
}
export interface Ranked<T> {
  readonly item: T;
  readonly score: number;
  /** Of the question. */
  readonly words: readonly string[];
}

/** What people call the same. A word of a group finds all others of it, for less. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["disk", "storage", "volume", "filesystem", "mount", "pool"],
  ["full", "fill", "space", "used", "usage", "free", "available", "left", "room"],
  ["memory", "ram", "swap"],
  ["cpu", "processor", "load", "busy", "busiest"],
  ["network", "traffic", "bandwidth", "interface", "throughput", "receive", "transmit"],
  ["certificate", "cert", "tls", "ssl", "expire", "expiry", "remaining"],
  ["temperature", "hot", "heat", "thermal", "celsius", "warm"],
  ["container", "docker", "pod"],
  ["restart", "reboot", "boot", "crash"],
  ["backup", "restic", "borg", "snapshot", "archive"],
  ["ups", "battery", "power", "mains"],
  ["smart", "drive", "sector", "reallocated", "pending"],
  ["latency", "slow", "response", "duration", "ping", "delay"],
  ["error", "fail", "failed", "failing", "down", "broken", "up"],
  ["update", "upgrade", "outdated"],
];

const STOP = new Set(
  "a an and any are as at be been but by can did do does for from had has have how i in is it its last me my near now of on or our show so than that the their them there these they this to was we were what when where which who why will with you your much many most first next did get got been going".split(
    " ",
  ),
);

/** How much a word is worth, by where it stands. */
const WEIGHTS = { metric: 3, description: 1.5, plugin: 3, instance: 4, host: 4, label: 4 } as const;
/** Of a word that means the same. */
const SYNONYM_WORTH = 0.6;
/** A word that half of all have says little. */
const LEAST_RARITY = 0.15;

/** The words of a text that mean something, each in its plain form: "disks" is "disk". */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !STOP.has(word))
    .map(plainForm);

function plainForm(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word) && word !== "ups"
    ? word.slice(0, -1)
    : word;
}

/** Words of the question, and how much each is worth: those of a synonym are worth less. @returns by the word that is looked for */
export function widen(
  question: string,
): ReadonlyMap<string, readonly { readonly word: string; readonly worth: number }[]> {
  const wide = new Map<string, { word: string; worth: number }[]>();
  for (const word of new Set(wordsOf(question)))
    for (const other of new Set([word, ...SYNONYMS.filter((group) => group.includes(word)).flat()])) {
      // What was really said is worth most.
      const match = { word, worth: other === word ? 1 : SYNONYM_WORTH };
      const before = wide.get(other);
      if (before) before.push(match);
      else wide.set(other, [match]);
    }
  return wide;
}

/**
 * Those that a question speaks of, the best first; no model, the same question and candidates give the same order. Rare words count more, as
 * they do for whoever searches: of forty disks the one that was named.
 */
export function rankByQuestion<T extends Candidate>(question: string, candidates: readonly T[]): Ranked<T>[] {
  const wanted = widen(question);
  const known = new Map<string, readonly string[]>();
  const remembered = (text: string) => {
    const words = known.get(text) ?? wordsOf(text);
    known.set(text, words);
    return words;
  };
  const found = candidates.map((item) => findWords(item, wanted, remembered));
  const spread = new Map<string, number>();
  for (const { byWord } of found) for (const word of byWord.keys()) spread.set(word, (spread.get(word) ?? 0) + 1);
  const rarity = (word: string) =>
    Math.max(LEAST_RARITY, 1 - Math.log(spread.get(word) ?? 1) / Math.log(candidates.length + 1));
  return found
    .filter(({ byWord }) => byWord.size > 0)
    .map(({ item, byWord }) => {
      const sum = [...byWord].reduce((total, [word, worth]) => total + worth * rarity(word), 0);
      return { item, score: Math.round(sum * 100) / 100, words: [...byWord.keys()].toSorted() };
    })
    .toSorted((a, b) => b.score - a.score || compareNames(a.item, b.item));
}

/** What a candidate has of each word of the question: the best place counts. */
function findWords<T extends Candidate>(
  item: T,
  wanted: ReturnType<typeof widen>,
  remembered: (text: string) => readonly string[],
) {
  const places: readonly (readonly [keyof typeof WEIGHTS, string])[] = [
    ["metric", item.metric],
    ["description", item.description],
    ["plugin", `${item.plugin.id} ${item.plugin.name}`],
    ["instance", item.instance.name],
    ["host", item.instance.host],
    ["label", Object.values(item.labels).join(" ")],
  ];
  const byWord = new Map<string, number>();
  for (const [place, text] of places)
    for (const one of remembered(text)) {
      for (const match of wanted.get(one) ?? []) {
        const worth = WEIGHTS[place] * match.worth;
        if (worth > (byWord.get(match.word) ?? 0)) byWord.set(match.word, worth);
      }
    }
  return { item, byWord };
}

/** So that equal ones always come in one order. */
export function compareNames(a: Candidate, b: Candidate): number {
  return compare(nameOf(a), nameOf(b));
}

const nameOf = ({ instance, metric, labels }: Candidate) =>
  [instance.host, instance.name, metric, labelWords(labels)].join("\n");

/** By code units: the same everywhere, whatever the language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
