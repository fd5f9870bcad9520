import { z } from "zod";

const bytes = z.number().nullish();
const list = <T extends z.ZodType>(entry: T) => z.array(entry).nullish();

/** /system/df up to API 1.51: everything one by one. */
const Itemised = z.object({
  LayersSize: bytes,
  Images: list(z.object({ Size: bytes, SharedSize: bytes, Containers: bytes })),
  Containers: list(z.object({ SizeRw: bytes, State: z.string().nullish() })),
  Volumes: list(z.object({ UsageData: z.object({ Size: bytes, RefCount: bytes }).nullish() })),
  BuildCache: list(z.object({ Size: bytes, InUse: z.boolean().nullish(), Shared: z.boolean().nullish() })),
});
type Itemised = z.output<typeof Itemised>;

/** From API 1.52 on: sums. Both stand in an answer of 1.52. */
const Sum = z.object({ TotalCount: bytes, ActiveCount: bytes, TotalSize: bytes, Reclaimable: bytes });
const Summed = z.object({
  ImageUsage: Sum,
  ContainerUsage: Sum.nullish(),
  VolumeUsage: Sum.nullish(),
  BuildCacheUsage: Sum.nullish(),
});

export interface DiskUse {
  readonly bytes: number;
  readonly reclaimableBytes: number | undefined;
}
export const DISK_KINDS = ["images", "containers", "volumes", "build_cache"] as const;
export interface DiskUsage {
  readonly uses: Readonly<Partial<Record<(typeof DISK_KINDS)[number], DiskUse>>>;
  readonly volumes: number | undefined;
  readonly volumesUnused: number | undefined;
}

/** @returns undefined when the answer has neither shape */
export function parseDiskUsage(answer: unknown): DiskUsage | undefined {
  const summed = Summed.safeParse(answer);
  if (summed.success) return describeSums(summed.data);
  const itemised = Itemised.safeParse(answer);
  return itemised.success && itemised.data.Images !== undefined ? addUp(itemised.data) : undefined;
}

function describeSums({
  ImageUsage,
  ContainerUsage,
  VolumeUsage,
  BuildCacheUsage,
}: z.output<typeof Summed>): DiskUsage {
  // Go leaves out what is zero.
  const use = (sum: z.output<typeof Sum> | null | undefined): DiskUse => ({
    bytes: sum?.TotalSize ?? 0,
    reclaimableBytes: sum?.Reclaimable ?? 0,
  });
  const volumes = VolumeUsage?.TotalCount ?? 0;
  return {
    uses: {
      images: use(ImageUsage),
      containers: use(ContainerUsage),
      volumes: use(VolumeUsage),
      build_cache: use(BuildCacheUsage),
    },
    volumes,
    volumesUnused: volumes - (VolumeUsage?.ActiveCount ?? 0),
  };
}

/** The sums `docker system df` prints. A size of -1 was not computed. */
function addUp({ LayersSize, Images, Containers, Volumes, BuildCache }: Itemised): DiskUsage {
  const containers = Containers ?? [];
  const volumes = Volumes ?? [];
  const unused = volumes.filter(({ UsageData }) => UsageData?.RefCount === 0);
  const cache = (BuildCache ?? []).filter(({ Shared }) => !Shared);
  return {
    uses: {
      images: imageUse(LayersSize ?? undefined, Images ?? []),
      containers: {
        bytes: total(containers, ({ SizeRw }) => SizeRw),
        reclaimableBytes: total(
          containers.filter(({ State }) => State !== "running" && State !== "paused" && State !== "restarting"),
          ({ SizeRw }) => SizeRw,
        ),
      },
      volumes: {
        bytes: total(volumes, ({ UsageData }) => UsageData?.Size),
        reclaimableBytes: total(unused, ({ UsageData }) => UsageData?.Size),
      },
      build_cache: {
        bytes: total(cache, ({ Size }) => Size),
        reclaimableBytes: total(
          cache.filter(({ InUse }) => !InUse),
          ({ Size }) => Size,
        ),
      },
    },
    volumes: volumes.length,
    volumesUnused: unused.length,
  };
}

/** Layers that images share are counted once in the whole, and to no image alone. */
function imageUse(layersBytes: number | undefined, images: NonNullable<Itemised["Images"]>): DiskUse {
  const used = images.filter(({ Containers }) => (Containers ?? 0) > 0);
  const own = ({ Size, SharedSize }: (typeof images)[number]) => (Size ?? 0) - Math.max(0, SharedSize ?? 0);
  // Podman has no such sum and says 0.
  const bytes = layersBytes || total(images, own);
  return { bytes, reclaimableBytes: Math.max(0, bytes - total(used, own)) };
}

function total<T>(entries: readonly T[], sizeOf: (entry: T) => number | null | undefined): number {
  return entries.reduce((sum, entry) => sum + Math.max(0, sizeOf(entry) ?? 0), 0);
}
