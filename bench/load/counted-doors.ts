import type { Doors } from "../../plugins/sdk/context";

/** The same doors, with what goes through them counted: tools started, and bytes read. */
export function countDoors(doors: Doors): { doors: Doors; children(): number; bytes(): number } {
  let children = 0;
  let bytes = 0;
  const take = <T extends { length: number }>(read: T): T => {
    bytes += read.length;
    return read;
  };
  return {
    doors: {
      ...doors,
      async fetch(url, options) {
        const answer = await doors.fetch(url, options);
        take(answer.body);
        return answer;
      },
      async exec(tool, args, options) {
        children++;
        const answer = await doors.exec(tool, args, options);
        take(answer.stdout);
        return answer;
      },
      readFile: async (path, options) => take(await doors.readFile(path, options)),
      datagram: async (target) => take(await doors.datagram(target)),
    },
    children: () => children,
    bytes: () => bytes,
  };
}
