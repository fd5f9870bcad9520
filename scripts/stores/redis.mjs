import { randomBytes } from "node:crypto";
import { findProgram } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";

const findServer = () => findProgram("redis-server", "valkey-server");

/** A cache: nothing in it is durable. */
export const redis = {
  title: "Redis",
  debianPackage: "redis-server",
  isInstalled: () => findServer() !== undefined,
  async start({ memoryMb }) {
    const password = randomBytes(12).toString("hex");
    return runServer({
      name: "redis",
      title: "Redis",
      program: findServer(),
      args: (port, folder) => {
        const place = ["--bind", "127.0.0.1", "--port", `${port}`, "--dir", folder, "--requirepass", password];
        return [...place, "--save", "", "--appendonly", "no", "--maxmemory", `${memoryMb}mb`];
      },
      urlOf: (port) => `redis://:${password}@127.0.0.1:${port}/0`,
      ready: /ready to accept connections/i,
    });
  },
};
