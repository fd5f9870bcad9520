import { randomBytes } from "node:crypto";
import { findProgram } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";
import { certIn, keyIn, writeCertificate } from "./write-certificate.mjs";

const findServer = () => findProgram("redis-server", "valkey-server");

/** A cache: nothing in it is durable. */
export const redis = {
  title: "Redis",
  debianPackage: "redis-server",
  isInstalled: () => findServer() !== undefined,
  async start({ memoryMb, tls }) {
    const password = randomBytes(12).toString("hex");
    return runServer({
      name: "redis",
      title: "Redis",
      program: findServer(),
      prepare: (folder) => tls && writeCertificate(folder, tls),
      args: (port, folder) => {
        const files = ["--tls-cert-file", certIn(folder), "--tls-key-file", keyIn(folder), "--tls-auth-clients", "no"];
        const ports = tls ? ["--port", "0", "--tls-port", `${port}`, ...files] : ["--port", `${port}`];
        const place = ["--bind", "127.0.0.1", ...ports, "--dir", folder, "--requirepass", password];
        return [...place, "--save", "", "--appendonly", "no", "--maxmemory", `${memoryMb}mb`];
      },
      urlOf: (port) => `${tls ? "rediss" : "redis"}://:${password}@127.0.0.1:${port}/0`,
      ready: /ready to accept connections/i,
    });
  },
};
