import { chmodSync, mkdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";

export interface Nut {
  readonly port: number;
  /** The certificate that upsd shows, PEM. */
  readonly caPem: string;
  /** Sets what the device says; the driver reads its file anew when it changes. */
  say(variables: Readonly<Record<string, string | number>>): void;
  stopServer(): Promise<void>;
  stopDriver(): Promise<void>;
}

const DRIVER = "/lib/nut/dummy-ups";
const SERVER = "/lib/nut/upsd";

/** NUT's own server with NUT's own emulation of a device, called `rack`. */
export async function startNut(service: Service): Promise<Nut> {
  const { folder } = service;
  const port = await service.port();
  const state = join(folder, "state");
  mkdirSync(state);
  let said = Math.floor(Date.now() / 1_000);
  const say: Nut["say"] = (variables) => {
    const file = join(folder, "rack.dev");
    const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value}\n`);
    writeFileSync(`${file}.new`, lines.join(""));
    // The driver looks for another time of the file, in whole seconds; and it must not read half of it.
    said += 1;
    utimesSync(`${file}.new`, said, said);
    renameSync(`${file}.new`, file);
  };
  const device = [
    "[rack]",
    "driver = dummy-ups",
    `port = ${folder}/rack.dev`,
    "mode = dummy-once",
    'desc = "Rack \\"A\\""',
  ];
  write(folder, "ups.conf", device);
  write(folder, "upsd.conf", [`LISTEN 127.0.0.1 ${port}`, `CERTPATH ${folder}/nss`, 'CERTIDENT "upsd" "s3cret-db"']);
  write(folder, "upsd.users", ["[unity]", "password = s3cret"]);
  write(folder, "nut.conf", ["MODE=standalone"]);
  const caPem = await makeCertificate(service);
  say({ "ups.status": "OL" });
  const env = { NUT_CONFPATH: folder, NUT_STATEPATH: state, NUT_ALTPIDPATH: state };
  const driver = await service.start(DRIVER, ["-F", "-u", "root", "-a", "rack"], {
    env,
    socket: join(state, "dummy-ups-rack"),
  });
  const server = await service.start(SERVER, ["-F", "-u", "root"], { env, port });
  return { port, caPem, say, stopServer: () => server.stop(), stopDriver: () => driver.stop() };
}

/** Debian's upsd keeps its certificate in an NSS database. */
async function makeCertificate(service: Service): Promise<string> {
  const database = join(service.folder, "nss");
  mkdirSync(database);
  write(service.folder, "nss-password", ["s3cret-db"]);
  write(service.folder, "nss-noise", ["0123456789".repeat(20)]);
  const common = ["-d", database, "-f", join(service.folder, "nss-password")];
  await service.run("certutil", ["-N", ...common]);
  const noise = ["-z", join(service.folder, "nss-noise")];
  const names = ["-n", "upsd", "-s", "CN=localhost", "-8", "localhost"];
  await service.run("certutil", ["-S", ...common, ...noise, ...names, "-x", "-t", "CT,,", "-m", "1", "-v", "12"]);
  return service.run("certutil", ["-L", ...common, "-n", "upsd", "-a"]);
}

function write(folder: string, name: string, lines: readonly string[]): void {
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  chmodSync(join(folder, name), 0o640);
}
