import { type Breath, createBreath } from "../metrics/chunks/breathe";
import { certificateSection, forecastSection, isCertificate, isRoom } from "./bundle/forecast-section";
import { createNameHider } from "./bundle/hide-names";
import { createHider } from "./bundle/hide-secrets";
import { hostSection, vitalSeries } from "./bundle/host-section";
import type { Section } from "./bundle/line";
import { metricSection, moverSection, unitSection } from "./bundle/metric-section";
import { readWindows } from "./bundle/read-windows";
import { firingSection, instanceSection, inventorySection, troubleSection } from "./bundle/state-sections";
import { isStart, timelineSection } from "./bundle/timeline-section";
import { TOPIC_METRICS, topicSections } from "./bundle/topic-sections";
import { type BundleTerms, weighLine, writeBundle } from "./bundle/write-bundle";
import { type KnownSeries, listSeries, type Parts } from "./list-series";
import { wholeOf } from "./metric-document";
import { type Bundle, SECTIONS } from "./shapes/bundle";

/**
 * A window of time as one text for whoever reads it: in order of worth, within its budget, without secrets. What stands (alerts, health) is as it
 * is now; what was measured is of the window. The same data and terms give the same bytes.
 */
export async function makeBundle(parts: Parts, terms: BundleTerms): Promise<Bundle> {
  const breath = createBreath();
  const found: Section[] = [];
  const sections = gatherSections(parts, terms);
  for await (const section of sections) {
    found.push(section);
    await breath();
  }
  // More has no room, however short.
  const most = Math.ceil(terms.budget / SHORTEST);
  const kept = found
    .toSorted((a, b) => SECTIONS.indexOf(a.name) - SECTIONS.indexOf(b.name))
    .map(({ name, lines }) => ({ name, lines: lines.slice(0, most), more: Math.max(0, lines.length - most) }));
  const hide = createHider(parts);
  const clean = await mapLines(kept, hide, breath);
  const named = terms.names === "pseudonyms" ? await mapLines(clean, hiderOfNames(parts, clean), breath) : clean;
  return writeBundle(await mapLines(named, weighLine, breath), terms);
}

/** Tokens of a line that says hardly anything. */
const SHORTEST = 10;

/** In no order. */
async function* gatherSections(parts: Parts, terms: BundleTerms): AsyncGenerator<Section> {
  const known = await listSeries(parts);
  const asked = chooseAsked(parts, known);
  const windows = await readWindows(parts, asked, terms);
  const metrics = await metricSection(parts, known, terms);
  const movers = await moverSection(parts, known, terms);
  yield metrics;
  yield movers;
  yield unitSection(known, namedIn([metrics, movers]));
  yield await firingSection(parts);
  yield troubleSection(parts);
  yield instanceSection(parts);
  yield await forecastSection(parts, asked, { to: terms.to, windows });
  yield certificateSection(asked, { to: terms.to, windows });
  yield* topicSections(asked, windows);
  yield hostSection(parts, windows);
  yield await timelineSection(parts, asked, { ...terms, windows });
  yield await inventorySection(parts);
}

/** Line by line, with room for others in between. */
async function mapLines<L, M, S extends { readonly lines: readonly L[] }>(
  sections: readonly S[],
  change: (line: L) => M,
  breath: Breath,
): Promise<(Omit<S, "lines"> & { readonly lines: M[] })[]> {
  const changed: (Omit<S, "lines"> & { readonly lines: M[] })[] = [];
  for (const { lines, ...section } of sections) {
    const own: M[] = [];
    for (const line of lines) {
      own.push(change(line));
      await breath();
    }
    changed.push({ ...section, lines: own });
  }
  return changed;
}

/** Those of which a single figure is told. */
function chooseAsked(parts: Parts, known: readonly KnownSeries[]): KnownSeries[] {
  const chosen = new Set(vitalSeries(parts, known));
  const wholes = new Set(known.filter(isRoom).flatMap(({ series }) => wholeOf(series.metric, () => true) ?? []));
  for (const one of known) {
    const { metric } = one.series;
    const isWhole = wholes.has(metric.replace(/_(total|limit|quota)_bytes$/, "_size_bytes"));
    if (isRoom(one) || isWhole || isCertificate(one) || isStart(one) || TOPIC_METRICS.has(metric)) chosen.add(one);
  }
  return [...chosen];
}

const namedIn = (sections: readonly Section[]): ReadonlySet<string> =>
  new Set(sections.flatMap(({ lines }) => lines.map(({ fields }) => String(fields.metric))));

/** Of all sections together: one name stands for one machine in all of them. */
const hiderOfNames = ({ instances }: Pick<Parts, "instances">, sections: readonly Section[]) =>
  createNameHider(
    sections.flatMap(({ lines }) => lines),
    instances.list().map(({ host }) => host),
  );
