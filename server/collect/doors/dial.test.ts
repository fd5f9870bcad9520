import net from "node:net";
import { expect, test } from "vitest";
import { connectFirst, dialTcp } from "./dial";
import { createGuard } from "./guard";
import { afterThisTest, serve } from "./test-servers";

const { signal } = new AbortController();
const at = (...addresses: string[]) => addresses.map((address) => ({ address, family: 4 as const }));

test("takes the next address when one refuses, and leaves one connection", async () => {
  let connections = 0;
  const port = await serve(net.createServer(() => (connections += 1)));
  const socket = await connectFirst(at("127.0.0.2", "127.0.0.3", "127.0.0.1"), port, "nas.lab", signal);
  afterThisTest(() => void socket.destroy());
  expect(socket.remoteAddress).toBe("127.0.0.1");
  expect(connections).toBe(1);
});

test("says that it was refused when every address refuses", async () => {
  await expect(connectFirst(at("127.0.0.1", "127.0.0.2"), 1, "nas.lab:1", signal)).rejects.toMatchObject({
    reason: "unreachable",
    message: "nas.lab:1 refused the connection.",
  });
});

test("ends at once with the signal", async () => {
  const port = await serve(net.createServer());
  await expect(connectFirst(at("127.0.0.1"), port, "nas.lab", AbortSignal.abort(new Error("over")))).rejects.toThrow(
    "over",
  );
});

test.each([0, 65_536, Number.NaN])("%s is no port", async (port) => {
  await expect(dialTcp({ host: "127.0.0.1", port }, createGuard(), signal)).rejects.toMatchObject({
    reason: "internal",
  });
});
