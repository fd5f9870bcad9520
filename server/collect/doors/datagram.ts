import dgram from "node:dgram";
import { CollectError } from "../../../plugins/sdk/errors";
import { withDeadline } from "./deadline";
import { toCollectError } from "./failure";
import type { Guard } from "./guard";

interface Question {
  readonly host: string;
  readonly port: number;
  readonly payload: Uint8Array;
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 5_000;

/** One datagram out, one in. The socket is connected, so a stranger's answer is dropped and a closed port is heard. */
export function askDatagram(
  { host, port, payload, timeoutMs = DEFAULT_TIMEOUT_MS }: Question,
  { signal, guard }: { signal: AbortSignal; guard: Guard },
): Promise<Uint8Array> {
  const where = host.includes(":") ? `UDP [${host}]:${port}` : `UDP ${host}:${port}`;
  return withDeadline({ signal, timeoutMs, where }, async (inner) => {
    const [first] = await guard(host);
    if (!first) throw new CollectError("dns", `${host} has no address.`);
    if (inner.aborted) throw inner.reason;
    const socket = dgram.createSocket(first.family === 6 ? "udp6" : "udp4");
    try {
      return await exchange(socket, port, first.address, payload, inner);
    } catch (error) {
      throw toCollectError(error, where);
    } finally {
      socket.close();
    }
  });
}

function exchange(socket: dgram.Socket, port: number, address: string, payload: Uint8Array, signal: AbortSignal) {
  return new Promise<Uint8Array>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    socket.once("error", reject);
    socket.once("message", (message) => resolve(new Uint8Array(message)));
    socket.once("connect", () => {
      socket.send(payload, (error) => {
        if (error) reject(error);
      });
    });
    socket.connect(port, address);
  });
}
