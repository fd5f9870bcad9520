import { expect, test } from "vitest";
import { CollectError, type Conversation } from "../sdk";
import { MessageSocket } from "./socket";

/** A conversation that hands out bytes as they are asked for. */
function talk(bytes: readonly number[]) {
  const left = [...bytes];
  const sent: number[] = [];
  let closed = false;
  const conversation: Conversation = {
    remoteAddress: "10.0.0.1",
    connectMs: 1,
    waitedMs: 0,
    tls: undefined,
    write: async (data) => void sent.push(...(typeof data === "string" ? [] : data)),
    readLine: async () => "",
    read: async (count) => {
      if (left.length < count) throw new CollectError("protocol", "db.lab:5432 closed the connection too early.");
      return Uint8Array.from(left.splice(0, count));
    },
    readAll: async () => new Uint8Array(),
    startTls: async () => {},
    close: () => {
      closed = true;
    },
  };
  const socket = new MessageSocket(conversation);
  const heard: (readonly number[] | string)[] = [];
  socket.on("data", (data: Uint8Array) => heard.push([...data]));
  socket.on("error", (error: Error) => heard.push(error.message));
  const end = new Promise<boolean>((resolve) => socket.once("close", resolve));
  return { socket, heard, sent, end, isClosed: () => closed };
}
const READY = [90, 0, 0, 0, 5, 73];

test("hands out whole messages, and says when the other side is gone", async () => {
  const { socket, heard, sent, end, isClosed } = talk([...READY, ...READY]);
  expect(socket.readyState).toBe("open");
  socket.write(Uint8Array.of(1, 2));
  expect(await end).toBe(true);
  expect(heard).toEqual([READY, READY, "db.lab:5432 closed the connection too early."]);
  expect(sent).toEqual([1, 2]);
  expect(isClosed()).toBe(true);
  expect(socket.readyState).toBe("closed");
});

test.each([
  ["HTTP/1.1 400", [...new TextEncoder().encode("HTTP/1.1 400")]],
  ["a length below itself", [90, 0, 0, 0, 3, 0]],
])("refuses what is no message: %s", async (_, bytes) => {
  const { socket, heard, end } = talk(bytes);
  socket.write(Uint8Array.of(1));
  expect(await end).toBe(true);
  expect(heard).toEqual(["What answered does not speak PostgreSQL's protocol."]);
});

test("after a goodbye the end is no error", async () => {
  const { socket, heard, end } = talk(READY);
  socket.end(Uint8Array.of(88));
  expect(await end).toBe(false);
  expect(heard).toEqual([READY]);
});
