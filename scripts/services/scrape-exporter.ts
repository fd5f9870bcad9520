import { setTimeout as pause } from "node:timers/promises";

/** One value of a Prometheus exporter; labels are a subset. Undefined when it does not tell it. */
export type Scraped = (name: string, labels?: Readonly<Record<string, string>>) => number | undefined;

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
const WITHIN_MS = 30_000;

/** Asks an independent exporter for what it sees, until it answers: its numbers say whether ours mean what they are called. */
export async function scrapeExporter(port: number): Promise<Scraped> {
  const samples = (await ask(`http://127.0.0.1:${port}/metrics`)).split("\n").flatMap((line) => {
    const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [
      { name, value: Number(value), labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, k, v]) => [k, v])) },
    ];
  });
  return (name, labels = {}) =>
    samples.find((one) => one.name === name && Object.entries(labels).every(([key, text]) => one.labels[key] === text))
      ?.value;
}

async function ask(url: string): Promise<string> {
  for (const end = performance.now() + WITHIN_MS; ; await pause(100)) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
