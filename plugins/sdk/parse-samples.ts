import { CollectError } from "./errors";

/** One line of a page of metrics: a counter's or gauge's value, or a part of a histogram. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?[ \t]+(\S+)(?:[ \t]+\S.*)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Reads a page of metrics: the Prometheus text format, and OpenMetrics as far as they are alike. What is no number (NaN, Inf) is
 * left out.
 *
 * @param isWanted by name; a page may have thousands of others
 * @throws CollectError `parse` when a line is none of a page of metrics
 */
export function parseSamples(
  body: string,
  where: string,
  isWanted: (name: string) => boolean = () => true,
): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of body.split("\n")) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    const [, name, labels = "", number = ""] = LINE.exec(text) ?? [];
    if (name === undefined)
      throw new CollectError("parse", `${where} did not answer with metrics.`, {
        hint: "Check the address: a login page or another service may stand there.",
      });
    const value = Number(number);
    if (isWanted(name) && Number.isFinite(value)) samples.push({ name, labels: readLabels(labels), value });
  }
  return samples;
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(LABEL)].map(([, name = "", value = ""]) => [
    name,
    value.replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter)),
  ]);
  return Object.fromEntries(pairs);
}
