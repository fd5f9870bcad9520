/** How many series colours the theme has: `--series-1` and on. */
export const SERIES_COLOURS = 8;

/**
 * A colour for each label, 1 to 8. A label asks for the same one on every chart; where two of one chart ask for the same, the
 * later name takes the next free one, so charts of the same labels agree. Beyond eight, colours repeat.
 */
export function colourLabels(labels: readonly string[]): ReadonlyMap<string, number> {
  const distinct = [...new Set(labels)].sort();
  const taken = new Set<number>();
  const colours = new Map<string, number>();
  for (const label of distinct) {
    if (taken.size === SERIES_COLOURS) taken.clear();
    let slot = wish(label);
    while (taken.has(slot)) slot = (slot + 1) % SERIES_COLOURS;
    taken.add(slot);
    colours.set(label, slot + 1);
  }
  return colours;
}

/** FNV-1a: spreads names that differ in one letter, as disks do. A line without labels takes the accent. */
function wish(label: string): number {
  if (label === "") return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < label.length; index += 1) hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % SERIES_COLOURS;
}
