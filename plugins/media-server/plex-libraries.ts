import { z } from "zod";
import { type HttpApi, labelItems, readPart, readPartEvery, toLabel } from "../sdk";
import { amount, flag, text } from "./parse";
import type { Context, Reported } from "./server";

const Section = z.object({ key: text, title: text, type: text, refreshing: flag });
type Section = z.output<typeof Section>;
const Sections = z.object({ MediaContainer: z.object({ Directory: z.array(Section).nullish() }) });
const Size = z.object({ MediaContainer: z.object({ totalSize: amount, size: amount }) });

/** What is counted of a library besides its own items: Plex's number for the kind. */
const BELOW: Readonly<Record<string, readonly [kind: string, type: number]>> = {
  show: ["episode", 4],
  artist: ["track", 10],
};

/** Each run tells which libraries are looked through; what is in them is counted when that is due. */
export async function readPlexLibraries(context: Context, api: HttpApi, report: Reported): Promise<void> {
  const { maxItems, libraryIntervalSeconds: seconds } = context.config;
  const sections = await readPart(context, report, () => api.read(Sections, "/library/sections"));
  if (!sections) return;
  const libraries = labelItems(sections.MediaContainer.Directory ?? [], {
    name: ({ title }) => title,
    id: ({ key }) => key,
  });
  const shown = libraries.slice(0, maxItems);
  report("media_libraries_truncated", libraries.length > shown.length ? 1 : 0);
  for (const { label: library, item } of shown) report("media_library_scanning", item.refreshing ? 1 : 0, { library });
  await readPartEvery(context, report, { key: "libraries", seconds }, async () => {
    for (const { label: library, item } of shown) await countLibrary(api, item, library, report);
  });
}

/** Asks for no items at all: the answer tells how many there are. */
async function countLibrary(api: HttpApi, { key, type }: Section, library: string, report: Reported): Promise<void> {
  const kind = toLabel(type) || "item";
  await count(api, key, "", (items) => report("media_library_items", items, { library, kind }));
  const [below, number] = (Object.hasOwn(BELOW, type) ? BELOW[type] : undefined) ?? [];
  if (below !== undefined)
    await count(api, key, `type=${number}&`, (items) => report("media_library_items", items, { library, kind: below }));
}

async function count(api: HttpApi, key: string, query: string, tell: (items: number) => void): Promise<void> {
  const page = "X-Plex-Container-Start=0&X-Plex-Container-Size=0";
  const path = `/library/sections/${encodeURIComponent(key)}/all?${query}${page}`;
  const { totalSize, size } = (await api.read(Size, path)).MediaContainer;
  const items = totalSize ?? size;
  if (items !== undefined) tell(items);
}
