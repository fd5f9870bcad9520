import { expect, test } from "vitest";
import { parseListeners } from "./listeners";

const HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const line = (local: string, state: string, inode: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 00000000 100 0 0 10 0\n`;

test.each([
  ["0100007F:18EB", "127.0.0.1", 6_379],
  ["00000000:0050", "0.0.0.0", 80],
  ["3500007F:0035", "127.0.0.53", 53],
  ["00000000000000000000000000000000:1538", "::", 5_432],
  ["00000000000000000000000001000000:0277", "::1", 631],
  ["0000000000000000FFFF00000100007F:1FA0", "127.0.0.1", 8_096],
  ["B80D0120000000000000000001000000:01BB", "2001:db8::1", 443],
])("%s is %s, port %i", (local, address, port) => {
  expect(parseListeners(HEAD + line(local, "0A", 7))).toEqual([{ address, port, inode: 7 }]);
});

test("connections, and lines that make no sense, are passed over", () => {
  const text = `${HEAD}${line("0100007F:18EB", "01", 1)}garbage\n  1: zz:1 0:0 0A 0:0 0:0 0 0 0 5 1\n${line("0100007F:0016", "0A", 2)}`;
  expect(parseListeners(text)).toEqual([{ address: "127.0.0.1", port: 22, inode: 2 }]);
  expect(parseListeners("")).toEqual([]);
});
