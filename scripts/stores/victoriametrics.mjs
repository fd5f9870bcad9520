import { join } from "node:path";
import { findProgram } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";

const findServer = () => findProgram("victoria-metrics", "victoria-metrics-prod");

export const victoriametrics = {
  title: "VictoriaMetrics",
  debianPackage: "victoria-metrics",
  isInstalled: () => findServer() !== undefined,
  async start({ memoryMb }) {
    return runServer({
      name: "victoriametrics",
      title: "VictoriaMetrics",
      program: findServer(),
      args: (port, folder) => [
        `-httpListenAddr=127.0.0.1:${port}`,
        `-storageDataPath=${join(folder, "data")}`,
        "-retentionPeriod=100y",
        // By default it hides the newest 30 s from charts; tests ask for what they have just written.
        "-search.latencyOffset=0s",
        `-memory.allowedBytes=${memoryMb}MiB`,
      ],
      urlOf: (port) => `http://127.0.0.1:${port}`,
      ready: /starting http server at/,
    });
  },
};
