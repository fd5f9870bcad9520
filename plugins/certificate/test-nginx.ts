import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";

/** nginx below the service's folder. @param servers blocks of its configuration @param port one that it listens on */
export async function startNginx(service: Service, servers: string, port: number): Promise<Running> {
  const at = (name: string) => join(service.folder, name);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${at(kind)};`,
  );
  const http = `http {\n  access_log off;\n  ${temporary.join("\n  ")}\n${servers}\n}\n`;
  writeFileSync(at("nginx.conf"), `daemon off;\npid ${at("nginx.pid")};\nerror_log stderr;\nevents {}\n${http}`);
  return service.start("nginx", ["-c", at("nginx.conf")], { port, stopSignal: "SIGQUIT" });
}
