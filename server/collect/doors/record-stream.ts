import type { Conversation } from "../../../plugins/sdk/context";
import { describeFault, type RecordedFault, type RecordedStream } from "./record-fault";

type Steps = Exclude<RecordedStream["steps"], RecordedFault>;

/** Writes down each step of a stream as it happens. */
export function recordConversation(stream: Conversation, steps: Steps): Conversation {
  const orFault = async <T>(work: Promise<T>, note: (value: T) => void): Promise<T> => {
    try {
      const value = await work;
      note(value);
      return value;
    } catch (error) {
      steps.push(describeFault(error));
      throw error;
    }
  };
  return {
    remoteAddress: stream.remoteAddress,
    connectMs: stream.connectMs,
    get waitedMs() {
      return stream.waitedMs;
    },
    get tls() {
      return stream.tls;
    },
    write: (data) => orFault(stream.write(data), () => steps.push({ send: encodeBytes(Buffer.from(data)) })),
    readLine: () =>
      orFault(stream.readLine(), (line) => steps.push({ receive: encodeBytes(Buffer.from(`${line}\n`)) })),
    read: (bytes) => orFault(stream.read(bytes), (data) => steps.push({ receive: encodeBytes(data) })),
    readAll: (maxBytes) =>
      orFault(stream.readAll(maxBytes), (data) => {
        if (data.length > 0) steps.push({ receive: encodeBytes(data) });
        steps.push({ end: true });
      }),
    startTls: (choice) =>
      orFault(stream.startTls(choice), () => {
        if (stream.tls) steps.push({ tls: stream.tls });
      }),
    close: () => stream.close(),
  };
}

/** Bytes as text where they are readable text, else as `hex:`. */
export function encodeBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  const readable = !text.startsWith("hex:") && isReadable(text) && Buffer.from(text).equals(bytes);
  return readable ? text : `hex:${Buffer.from(bytes).toString("hex")}`;
}

const isReadable = (text: string) => {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 && ![9, 10, 13].includes(code)) return false;
  }
  return true;
};
