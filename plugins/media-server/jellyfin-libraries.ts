import { z } from "zod";
import { type HttpApi, labelItems, parseAnswer } from "../sdk";
import { amount, text } from "./parse";
import type { Context, Reported } from "./server";

const Counts = z.object({
  MovieCount: amount,
  SeriesCount: amount,
  EpisodeCount: amount,
  ArtistCount: amount,
  AlbumCount: amount,
  SongCount: amount,
  BookCount: amount,
  BoxSetCount: amount,
});
const Folders = z
  .array(z.object({ FreeSpace: amount }))
  .nullish()
  .catch(undefined);
const Storage = z.object({ Libraries: z.array(z.object({ Id: text, Name: text, Folders })).nullish() });

/** How much there is of each kind, and the space left where it is. */
export async function readJellyfinLibraries({ config }: Context, api: HttpApi, report: Reported): Promise<void> {
  const counts = await api.read(Counts, "/Items/Counts");
  for (const [name, items] of Object.entries(counts))
    if (items !== undefined)
      report("media_library_items", items, { library: "all", kind: name.replace(/Count$/, "").toLowerCase() });
  if (config.type !== "jellyfin") return;

  // Before 10.11 Jellyfin does not know.
  const answer = await api.ask("/System/Info/Storage", { accept: [404] });
  if (answer.status === 404) return;
  const { Libraries } = parseAnswer(Storage, answer);
  const libraries = labelItems(Libraries ?? [], { name: ({ Name }) => Name, id: ({ Id }) => Id });
  const shown = libraries.slice(0, config.maxItems);
  report("media_libraries_truncated", libraries.length > shown.length ? 1 : 0);
  for (const { label: library, item } of shown) {
    const free = (item.Folders ?? []).flatMap(({ FreeSpace }) =>
      FreeSpace === undefined || FreeSpace < 0 ? [] : [FreeSpace],
    );
    if (free.length > 0) report("media_library_free_bytes", Math.min(...free), { library });
  }
}
