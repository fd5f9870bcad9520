import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeDashboard } from "./docs/grafana/dashboard";

/** npm run docs:grafana: writes docs/examples/grafana.json. */
const file = fileURLToPath(new URL("../docs/examples/grafana.json", import.meta.url));
await writeFile(file, `${JSON.stringify(writeDashboard(), null, 2)}\n`);
