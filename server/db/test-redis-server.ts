import { createServer, type Server, type Socket } from "node:net";

/** How it behaves from now on. */
type Manner = "well" | "silent" | "full" | "nonsense" | "wrong types";

/** Speaks as much of Redis as a cache needs, and misbehaves when told to. */
export interface TestRedis {
  manner: Manner;
  readonly url: string;
  readonly commands: string[][];
  /** Ends every connection and takes no new ones, until `listen`. */
  away(): Promise<void>;
  listen(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const sockets = new Set<Socket>();
  const texts = new Map<string, string>();
  const commands: string[][] = [];
  let server: Server | undefined;
  let port = 0;

  const redis = {
    manner: "well" as Manner,
    url: "",
    commands,
    async away() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => (server ? server.close(() => closed()) : closed()));
      server = undefined;
    },
    async listen() {
      const listening = createServer(serve);
      server = listening;
      await new Promise<void>((open) => listening.listen(port, "127.0.0.1", open));
      const address = listening.address();
      if (address && typeof address === "object") port = address.port;
      redis.url = `redis://127.0.0.1:${port}`;
    },
  };

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let text = "";
    socket.on("data", (data) => {
      text += data;
      for (let command = takeCommand(text); command; command = takeCommand(text)) {
        text = text.slice(command.length);
        commands.push(command.words);
        const answer = answerTo(command.words);
        if (answer) socket.write(answer);
      }
    });
  }

  function answerTo([name = "", key = "", value = ""]: string[]): string | undefined {
    if (redis.manner === "silent") return undefined;
    if (redis.manner === "nonsense") return "HTTP/1.1 400 Bad Request\r\n\r\n";
    switch (name.toLowerCase()) {
      case "info":
        return bulk("redis_version:7.0.0\r\nloading:0\r\n");
      case "ping":
        return "+PONG\r\n";
      case "set":
        if (redis.manner === "full") return "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
        texts.set(key, value);
        return "+OK\r\n";
      case "get":
        if (redis.manner === "wrong types") return "*1\r\n:5\r\n";
        return bulk(texts.get(key));
      case "del":
        texts.delete(key);
        return ":1\r\n";
      default:
        return "+OK\r\n";
    }
  }

  await redis.listen();
  return redis;
}

const bulk = (text: string | undefined) =>
  text === undefined ? "$-1\r\n" : `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** The first whole command, ASCII only. */
function takeCommand(text: string): { words: string[]; length: number } | undefined {
  const parts = text.split("\r\n");
  const count = Number(/^\*(\d+)$/.exec(parts[0] ?? "")?.[1]);
  const lines = 1 + 2 * count;
  if (!(parts.length > lines)) return undefined;
  const words = parts.slice(1, lines).filter((_, index) => index % 2 === 1);
  return { words, length: parts.slice(0, lines).join("\r\n").length + 2 };
}
