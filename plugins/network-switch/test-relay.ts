import { createSocket } from "node:dgram";
import { connect } from "node:net";

/**
 * Leads from a UDP port of this machine to an agent in another network, over a socket in the file system, where SNMP messages stand one
 * behind the other. @returns a function that ends it
 */
export async function relay(port: number, path: string): Promise<() => void> {
  const udp = createSocket("udp4");
  udp.on("message", (question, from) => {
    const agent = connect(path);
    const parts: Buffer[] = [];
    agent
      .on("data", (part) => {
        parts.push(part);
        const answer = Buffer.concat(parts);
        if (answer.length < messageLength(answer)) return;
        udp.send(answer, from.port, from.address);
        agent.destroy();
      })
      .on("error", () => agent.destroy())
      .write(question);
  });
  await new Promise<void>((resolve) => udp.bind(port, "127.0.0.1", resolve));
  return () => udp.close();
}

/** Of the message that begins here: a tag, a length of one or more bytes, the content (X.690, 8.1.3). */
function messageLength(bytes: Buffer): number {
  const first = bytes[1];
  if (first === undefined) return Number.POSITIVE_INFINITY;
  if (first < 128) return 2 + first;
  const count = first & 127;
  return bytes.length < 2 + count ? Number.POSITIVE_INFINITY : 2 + count + bytes.readUIntBE(2, count);
}
