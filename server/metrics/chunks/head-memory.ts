/**
 * Memory for heads, in pieces of a few sizes out of large slabs. As an array of its own each head of many thousands costs half as much
 * again for the array alone, and those that it has outgrown lie around until the collector comes.
 */
export interface Room {
  readonly slab: Slab;
  /** Where it begins in the slab's memory; it has twice `capacity` numbers. */
  readonly start: number;
  readonly capacity: number;
}

interface Slab {
  memory: Float64Array;
  capacity: number;
  /** Where rooms begin that nobody has. */
  free: number[];
  used: number;
}

/** Half a megabyte. */
const SLAB_NUMBERS = 1 << 16;
/** In samples. A head of two hours has 720; those of a flood are longer, and the longest have a slab of their own. */
const CAPACITIES = [
  8, 12, 16, 24, 32, 45, 60, 80, 100, 120, 150, 180, 220, 270, 330, 400, 480, 600, 720, 900, 1_100, 1_400, 1_800, 2_300,
  2_900,
];
/** Heads that are filled alike get a little more than they need, each another share: else all of them would grow in the same moment. */
const MOST_SPARE = 0.3;
const GOLDEN = 0.618_033_988_75;
/** Slabs that nobody uses and others may: the rest goes back. */
const MOST_EMPTY = 32;

export interface HeadMemory {
  /** Of at least so many samples. */
  take(samples: number): Room;
  /** Nobody may look at it any more. */
  give(room: Room): void;
}

/** A slab for one alone. It goes with whoever has it. */
export function ownRoom(capacity: number): Room {
  return { slab: { memory: new Float64Array(2 * capacity), capacity, free: [], used: 1 }, start: 0, capacity };
}

export function createHeadMemory(): HeadMemory {
  /** By capacity, those with free rooms. */
  const open = new Map<number, Set<Slab>>();
  const empty: Float64Array[] = [];
  let share = 0;

  function openSlab(capacity: number): Slab {
    const memory = empty.pop() ?? new Float64Array(SLAB_NUMBERS);
    const rooms = Math.floor(SLAB_NUMBERS / (2 * capacity));
    // The first is taken first.
    const free = Array.from({ length: rooms }, (_, index) => (rooms - 1 - index) * 2 * capacity);
    return { memory, capacity, free, used: 0 };
  }

  return {
    take(samples) {
      share = (share + GOLDEN) % 1;
      const wanted = samples > 1 ? samples * (1 + MOST_SPARE * share) : samples;
      const capacity = CAPACITIES.find((size) => size >= wanted);
      if (capacity === undefined) return ownRoom(Math.ceil(wanted * (1 + share)));
      const slabs = open.get(capacity) ?? new Set<Slab>();
      open.set(capacity, slabs);
      const [first] = slabs;
      const slab = first ?? openSlab(capacity);
      const start = slab.free.pop() ?? 0;
      slab.used++;
      if (slab.free.length === 0) slabs.delete(slab);
      else slabs.add(slab);
      return { slab, start, capacity };
    },
    give({ slab, start, capacity }) {
      const slabs = open.get(capacity);
      if (slab.memory.length !== SLAB_NUMBERS || !slabs) return;
      slab.used--;
      slab.free.push(start);
      slabs.add(slab);
      if (slab.used > 0) return;
      slabs.delete(slab);
      if (empty.length < MOST_EMPTY) empty.push(slab.memory);
    },
  };
}
