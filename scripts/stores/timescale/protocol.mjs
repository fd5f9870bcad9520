/** PostgreSQL's protocol, version 3, as far as it must be understood to hand it on: where messages end and transactions do. */

const SSL_REQUEST = 80_877_103;

/** A message for a client. */
export function toMessage(type, body) {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** What a simple query says. */
export const text = (bytes) => bytes.subarray(5, -1).toString("utf8");

/** Whole messages from pieces as they come in. The first one has no letter: a request for TLS, or the start. */
export function createReader() {
  let rest = Buffer.alloc(0);
  let started = false;

  function next() {
    const letter = started ? 1 : 0;
    if (rest.length < letter + 4) return undefined;
    const length = letter + rest.readInt32BE(letter);
    if (rest.length < length) return undefined;
    const bytes = rest.subarray(0, length);
    rest = rest.subarray(length);
    if (started) return { type: String.fromCharCode(bytes[0]), bytes };
    const isRequest = bytes.readInt32BE(4) === SSL_REQUEST;
    started = !isRequest;
    return { type: isRequest ? "ssl" : "startup", bytes };
  }

  return {
    *take(data) {
      rest = Buffer.concat([rest, data]);
      for (let message = next(); message; message = next()) yield message;
    },
  };
}

/** Its last message says: ready, in no transaction. */
export function isTransactionOver(answer) {
  const [letter, , , , length, state] = answer.subarray(-6);
  return letter === 0x5a && length === 5 && state === 0x49;
}
