import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findPrograms } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";
import { certIn, keyIn, writeCertificate } from "./write-certificate.mjs";

const findFolder = () => findPrograms("initdb", "postgres");

export const postgres = {
  title: "PostgreSQL",
  debianPackage: "postgresql",
  isInstalled: () => findFolder() !== undefined,
  async start({ durable, memoryMb, tls }) {
    const bin = findFolder();
    const password = randomBytes(12).toString("hex");
    return runServer({
      name: "postgres",
      title: "PostgreSQL",
      program: join(bin, "postgres"),
      prepare: async (folder, run) => {
        const secret = join(folder, "password");
        await writeFile(secret, password, { mode: 0o644 }); // within a folder that only its owner enters
        const access = ["--username=unity", `--pwfile=${secret}`, "--auth=scram-sha-256"];
        const kind = ["--encoding=UTF8", "--no-locale", "--no-sync"];
        if (tls) await writeCertificate(folder, tls);
        await run(join(bin, "initdb"), [`--pgdata=${join(folder, "data")}`, ...access, ...kind]);
      },
      args: (port, folder) => ["-D", join(folder, "data"), ...settings({ port, folder, durable, memoryMb, tls })],
      urlOf: (port) => `postgres://unity:${password}@127.0.0.1:${port}/postgres`,
      ready: /database system is ready to accept connections/,
      stopSignal: "INT", // "fast": does not wait for clients to leave
    });
  },
};

function settings({ port, folder, durable, memoryMb, tls }) {
  const values = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    shared_buffers: `${memoryMb}MB`,
    // Not UTC, as at people's homes: an instant that depends on it is a bug.
    timezone: "Asia/Kolkata",
    ...(tls && { ssl: "on", ssl_cert_file: certIn(folder), ssl_key_file: keyIn(folder) }),
    // Killed, it keeps what it acknowledged; after a power cut nobody wants the data of a test.
    ...(!durable && { fsync: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
