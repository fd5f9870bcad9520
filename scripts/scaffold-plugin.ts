import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Makes the folder of a new plugin: small, but complete and real, so that it can be changed into another. */
export async function scaffoldPlugin(pluginsFolder: string, id: string): Promise<string[]> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40 || id === "sdk")
    throw new Error(`"${id}" is not a plugin id. Write it in lower case with hyphens, as web-service.`);
  const folder = join(pluginsFolder, id);
  if (existsSync(folder)) throw new Error(`${folder} is already there.`);
  const words = id.split("-");
  const first = words[0] ?? id;
  const name = [first.charAt(0).toUpperCase() + first.slice(1), ...words.slice(1)].join(" ");
  const metric = words.join("_");
  const files: Record<string, string> = {
    "index.ts": definition(id, name, metric),
    "README.md": readme(name, metric),
    "icon.svg": icon(name),
    "cases/up.json": upCase(metric),
    "cases/refused.json": REFUSED_CASE,
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: "wx" });
  }
  return Object.keys(files).map((path) => join(folder, path));
}

const definition = (id: string, name: string, metric: string) => `import { z } from "zod";
import { chart, definePlugin, headerMap, meter, tlsOptions } from "../sdk";

export default definePlugin({
  id: "${id}",
  name: "${name}",
  summary: "Asks an address and says whether it answers well, and how fast.",
  category: "application",
  tier: 3,
  kind: "network",
  intervalSeconds: 60,
  config: z.object({
    url: z.url({ protocol: /^https?$/ }).meta({ title: "Address", description: "As http://nas.lab:8080" }),
    headers: headerMap(),
    tls: tlsOptions(),
  }),
  metrics: {
    ${metric}_healthy: {
      kind: "gauge",
      unit: "bool",
      description: "1 when the answer was a good one (status 200 to 299).",
    },
    ${metric}_status_code: {
      kind: "gauge",
      unit: "count",
      description: "HTTP status of the answer.",
    },
    ${metric}_duration_seconds: {
      kind: "gauge",
      unit: "seconds",
      description: "From the question to the whole answer.",
    },
  },
  alerts: [
    {
      id: "${metric}_unhealthy",
      metric: "${metric}_healthy",
      when: { equals: 0 },
      forSeconds: 120,
      severity: "critical",
      summary: "{{instance}} does not answer well.",
    },
  ],
  board: [
    meter("${metric}_healthy", "Healthy", { combine: "min" }),
    meter("${metric}_duration_seconds", "Duration"),
    chart("Duration", ["${metric}_duration_seconds"]),
  ],
  help: { unreachable: "Check the address, and that the service is running." },
  target: ({ url }) => new URL(url).host,
  async collect({ config, fetch }, report) {
    const answer = await fetch(config.url, { headers: config.headers, tls: config.tls });
    report("${metric}_healthy", answer.status >= 200 && answer.status < 300 ? 1 : 0);
    report("${metric}_status_code", answer.status);
    report("${metric}_duration_seconds", answer.timings.total / 1_000);
  },
});
`;

const readme = (name: string, metric: string) => `# ${name}

Asks an address over HTTP and reports whether it answers well, and how fast.

## Setting up

Give the address. Behind a proxy that asks for it, add headers; with a private CA, paste its certificate.

## What it reports

- \`${metric}_healthy\`: 1 when the status was 200 to 299.
- \`${metric}_status_code\`: the status.
- \`${metric}_duration_seconds\`: from the question to the whole answer.
`;

const icon = (
  name: string,
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2">
  <title>${name}</title>
  <circle cx="12" cy="12" r="9" />
  <path d="M8 12l3 3 5-6" />
</svg>
`;

const upCase = (metric: string) => `{
  "about": "The address answers with 200 in 25 ms.",
  "config": { "url": "http://nas.lab:8080/" },
  "world": {
    "http": [
      {
        "request": { "url": "http://nas.lab:8080/" },
        "answer": {
          "status": 200,
          "body": "ok",
          "timings": { "dns": 1, "connect": 2, "tls": 0, "ttfb": 20, "transfer": 2, "total": 25 }
        }
      }
    ]
  },
  "expect": {
    "readings": [
      ["${metric}_healthy", 1],
      ["${metric}_status_code", 200],
      ["${metric}_duration_seconds", 0.025]
    ]
  }
}
`;

const REFUSED_CASE = `{
  "about": "Nothing listens on the port.",
  "config": { "url": "http://nas.lab:8080/" },
  "world": {
    "http": [
      {
        "request": { "url": "http://nas.lab:8080/" },
        "answer": { "error": "unreachable", "message": "nas.lab:8080 refused the connection." }
      }
    ]
  },
  "expect": {
    "failure": { "reason": "unreachable" }
  }
}
`;
