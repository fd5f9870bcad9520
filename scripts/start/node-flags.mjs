/** Node's flags for the built server, whoever starts it. */
export const NODE_FLAGS = [
  // Starting fills the space for young objects, which stays as it is while little happens: twice 16 MB, where twice 4 do as well.
  "--max-semi-space-size=4",
  // Old objects are collected once there are a fifth more than the last time, not several times as many: with 200,000 series that is
  // hundreds of megabytes.
  "--heap-growing-percent=20",
];

/** For the C library's memory where it is glibc: threads share two places, and large pieces go back to the system when they are freed. */
export const NODE_MEMORY = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "131072",
};
