import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";

const findServer = () => findProgram("prometheus");

/** It scrapes nothing; samples come by remote write. */
export const prometheus = {
  title: "Prometheus",
  debianPackage: "prometheus",
  isInstalled: () => findServer() !== undefined,
  async start() {
    return runServer({
      name: "prometheus",
      title: "Prometheus",
      program: findServer(),
      prepare: (folder) => writeFile(join(folder, "prometheus.yml"), "global: {}\n"),
      args: (port, folder) => [
        `--config.file=${join(folder, "prometheus.yml")}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        "--storage.tsdb.retention.time=100y",
        `--web.listen-address=127.0.0.1:${port}`,
        "--web.enable-remote-write-receiver",
        "--web.enable-admin-api", // for a snapshot, which has everything in blocks
      ],
      urlOf: (port) => `http://127.0.0.1:${port}`,
      ready: /Server is ready to receive web requests/,
    });
  },
};
