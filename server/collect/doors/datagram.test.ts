import dgram from "node:dgram";
import { expect, test } from "vitest";
import { createDoors } from "./doors";
import { afterThisTest } from "./test-servers";

const host = "127.0.0.1";
const payload = new TextEncoder().encode("ping");

async function serveUdp(answer: (socket: dgram.Socket, message: Buffer, port: number) => void): Promise<number> {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => answer(socket, message, from.port));
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  afterThisTest(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return socket.address().port;
}

test("sends one datagram and gives its answer", async () => {
  const port = await serveUdp((socket, message, from) => socket.send(`${message} pong`, from, host));
  const { doors } = createDoors({ signal: new AbortController().signal });
  const answer = await doors.datagram({ host, port, payload });
  expect(new TextDecoder().decode(answer)).toBe("ping pong");
});

test("does not take a stranger's answer", async () => {
  const stranger = dgram.createSocket("udp4");
  afterThisTest(() => new Promise<void>((resolve) => stranger.close(() => resolve())));
  const port = await serveUdp((socket, _, from) => {
    stranger.send("false", from, host, () => setTimeout(() => socket.send("true", from, host), 20));
  });
  const { doors } = createDoors({ signal: new AbortController().signal });
  expect(new TextDecoder().decode(await doors.datagram({ host, port, payload }))).toBe("true");
});

test("silence is a time-out, a closed port is unreachable, a stopped run ends at once", async () => {
  const run = new AbortController();
  const { doors } = createDoors({ signal: run.signal });
  const port = await serveUdp((_, message) => message.toString() === "stop" && run.abort());
  await expect(doors.datagram({ host, port, payload, timeoutMs: 50 })).rejects.toMatchObject({ reason: "timeout" });
  await expect(doors.datagram({ host, port: 1, payload })).rejects.toMatchObject({ reason: "unreachable" });
  const stop = new TextEncoder().encode("stop");
  await expect(doors.datagram({ host, port, payload: stop })).rejects.toMatchObject({ reason: "timeout" });
});
