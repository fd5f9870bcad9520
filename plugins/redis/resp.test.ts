import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import type { Conversation } from "../sdk";
import { ErrorReply, encodeCommand, readReply } from "./resp";

/** A conversation that says the text and then ends. */
function say(text: string): Conversation {
  let rest = Buffer.from(text);
  const take = (length: number) => {
    if (rest.length < length) throw new Error("the end");
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  return {
    remoteAddress: "127.0.0.1",
    connectMs: 0,
    waitedMs: 0,
    tls: undefined,
    write: async () => {},
    readLine: async () =>
      take(rest.indexOf(10) + 1)
        .toString()
        .replace(/\r?\n$/, ""),
    read: async (bytes) => take(bytes),
    readAll: async () => take(rest.length),
    startTls: async () => {},
    close: () => {},
  };
}

test("writes words as bulk strings, counted in bytes", () => {
  expect(encodeCommand(["AUTH", "zoë"])).toBe("*2\r\n$4\r\nAUTH\r\n$4\r\nzoë\r\n");
});

test.each([
  ["+OK\r\n", "OK"],
  [":-3\r\n", -3],
  ["$5\r\na\r\nbc\r\n", "a\r\nbc"],
  ["$0\r\n\r\n", ""],
  ["$-1\r\n", null],
  ["*-1\r\n", null],
  ["*3\r\n$1\r\na\r\n:1\r\n*1\r\n+b\r\n", ["a", 1, ["b"]]],
])("reads %j", async (text, reply) => {
  expect(await readReply(say(text), "here")).toEqual(reply);
});

test("throws what the server refuses", async () => {
  const refused = readReply(say("-NOAUTH Authentication required.\r\n"), "here");
  await expect(refused).rejects.toThrow(new ErrorReply("NOAUTH Authentication required."));
});

test.each(["HTTP/1.1 400 Bad Request\r\n", "$lots\r\n", "*99999999\r\n", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "\r\n"])(
  "refuses what is not the protocol: %j",
  async (text) => {
    await expect(readReply(say(text), "here")).rejects.toMatchObject({ reason: "protocol" });
  },
);
