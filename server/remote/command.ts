import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { WrongUse } from "../move/command";
import type { Screen } from "../move/progress";
import { type BundleOptions, bundleTerms, saveBundle } from "./bundle-file";
import { runConfig, runImportFrom } from "./config-command";
import { type Api, connectUnity, explain } from "./connect";
import { alertLines, instanceLines, isOpen, labelled, type Paint, painter, plain, readingLines } from "./lines";

export const REMOTE_USAGE = `unity status                 how everything does; exit code 1 while something fires that nobody looked at
unity instances              what is watched, and how each does
unity run NAME               collects once now, and shows what was read; exit code 1 when that failed
unity tail [NAME]            what is measured, as it comes
unity ack ALERT [--note TEXT]            an alert that \`unity status\` shows, by its id or how that begins
unity silence NAME --for 2h [--note TEXT]   nobody is told of what an instance has
unity bundle [FILE]          the past day as one text for an assistant: [--for 7d] [--budget 8000|32000|128000] [--pseudonyms] [--jsonl]
unity config export [--out FILE]         everything that is set, as YAML without secrets
unity config diff FILE...                what such files would change; exit code 1 when that is something
unity config apply FILE... [--dry-run] [--remove-missing]   does it; several files are one whole
unity import-from KIND FILE [--dry-run]  uptime-kuma, beszel, gatus or prometheus-rules: what becomes of it, and does it
                       These ask a Unity that runs: --url or UNITY_URL (http://localhost:3000), with an API token in UNITY_TOKEN or
                       a file, --token-file. At a terminal they show lines, else JSON. Exit code 3: no Unity answers there
`;

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly out: Screen;
}

interface Parts {
  readonly api: Api;
  readonly signal: AbortSignal;
  readonly name: string | undefined;
  readonly note: string;
  readonly lasts: string | undefined;
  readonly bundle: BundleOptions;
  readonly words: readonly string[];
  readonly out: string | undefined;
  readonly removes: boolean;
  readonly dryRun: boolean;
  print(text: string): void;
  readonly paint: Paint;
  /** Lines for people, facts for programs. */
  tell(lines: readonly string[], facts: unknown): void;
}

const RAN_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 300;
const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const COMMANDS: Readonly<
  Record<string, { readonly wants: "no" | "maybe" | "a name" | "words"; run(parts: Parts): Promise<number> }>
> = {
  status: { wants: "no", run: showStatus },
  instances: { wants: "no", run: showInstances },
  run: { wants: "a name", run: runOnce },
  tail: { wants: "maybe", run: tail },
  ack: { wants: "a name", run: acknowledge },
  silence: { wants: "a name", run: silence },
  bundle: { wants: "maybe", run: writeBundleFile },
  config: { wants: "words", run: runConfig },
  "import-from": { wants: "words", run: runImportFrom },
};
export const isRemote = (command: string | undefined): boolean =>
  command !== undefined && Object.hasOwn(COMMANDS, command);

/** Asks a Unity that runs. @returns the exit code @throws WrongUse; Unreachable; Error that says what is wrong and what to do */
export async function runRemote(args: readonly string[], { env, signal, out }: Surroundings): Promise<number> {
  const { values, positionals } = readCommand(args);
  const [command = "", name, ...more] = positionals;
  const known = COMMANDS[command];
  if (!known) throw new WrongUse(`There is no "unity ${command}".`);
  if ((more.length > 0 && known.wants !== "words") || (name !== undefined && known.wants === "no"))
    throw new WrongUse(`"${more[0] ?? name}" is one word too many. A name of several words wants quotes.`);
  if (name === undefined && known.wants === "a name") throw new WrongUse(`unity ${command} what? It wants a name.`);
  const url = (values.url ?? env.UNITY_URL ?? "http://localhost:3000").replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]/.test(url)) throw new WrongUse(`"${url}" is no address: it begins with http:// or https://.`);
  const file = values["token-file"];
  const token = file === undefined ? env.UNITY_TOKEN : readFileSync(file, "utf8").trim();
  const { api, close } = connectUnity(url, token ? { authorization: `Bearer ${token}` } : {});
  try {
    return await known.run({
      api,
      signal,
      name,
      note: values.note ?? "",
      lasts: values.for,
      bundle: values,
      words: positionals.slice(1),
      out: values.out,
      removes: values["remove-missing"] === true,
      dryRun: values["dry-run"] === true,
      print: (text) => void out.write(text),
      paint: painter(out.isTTY === true && !env.NO_COLOR),
      tell: (lines, facts) =>
        void out.write(out.isTTY ? lines.map((line) => `${line}\n`).join("") : `${JSON.stringify(facts)}\n`),
    });
  } catch (error) {
    throw explain(error, url);
  } finally {
    close();
  }
}

function readCommand(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    ...{ url: text, "token-file": text, note: text, for: text },
    ...{ budget: text, pseudonyms: flag, jsonl: flag },
    ...{ out: text, "dry-run": flag, "remove-missing": flag },
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

async function showStatus({ api, paint, tell }: Parts): Promise<number> {
  const [instances, alerts] = await Promise.all([api.plugins.instances.query(), api.alerts.open.query()]);
  const firing = alerts.filter(({ phase }) => phase === "firing");
  const open = firing.filter(isOpen);
  const count = (health: string) =>
    instances.filter(({ enabled, status }) => enabled && status.health === health).length;
  const counts = {
    healthy: count("healthy"),
    degraded: count("degraded"),
    failing: count("failing"),
    unknown: count("unknown"),
    paused: instances.filter(({ enabled }) => !enabled).length,
  };
  const told = Object.entries(counts).filter(([health, number]) => number > 0 || health === "healthy");
  const head = told.map(([health, number]) => `${number} ${health}`).join(", ");
  const lines = [
    paint(head, counts.failing > 0 ? "red" : "bold"),
    ...alertLines(firing, { now: Date.now(), paint }),
    ...(firing.length === 0 ? [paint("Nothing fires.", "green")] : []),
  ];
  tell(lines, { ok: open.length === 0, instances: counts, firing });
  return open.length > 0 ? 1 : 0;
}

async function showInstances({ api, paint, tell }: Parts): Promise<number> {
  const instances = await api.plugins.instances.query();
  tell(instanceLines(instances, paint), instances);
  return 0;
}

/** By its id, else by its name, which only one may have. */
async function findInstance(api: Api, name: string) {
  const all = await api.plugins.instances.query();
  const found = all.filter(({ id }) => id === name);
  const named = found.length > 0 ? found : all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const [first, second] = named;
  if (!first) throw new Error(`No instance is called "${plain(name)}". \`unity instances\` shows what there is.`);
  if (second)
    throw new Error(
      `${named.length} instances are called "${plain(name)}". Say which by its id:\n${named
        .map(({ id, pluginName, host }) => `  ${id}  ${plain(pluginName)} on ${plain(host)}`)
        .join("\n")}`,
    );
  return first;
}

async function runOnce({ api, name = "", signal, paint, tell }: Parts): Promise<number> {
  const { id } = await findInstance(api, name);
  const [before] = await api.plugins.runs.query({ id, limit: 1 });
  await api.plugins.runNow.mutate({ id });
  const until = Date.now() + RAN_WITHIN_MS;
  for (;;) {
    await pause(ASK_EVERY_MS, undefined, { signal });
    const [run] = await api.plugins.runs.query({ id, limit: 1 });
    if (run && run.id !== before?.id) {
      const readings = await api.metrics.latest.query({ instance: id });
      const said =
        run.outcome === "ok" ? paint("ok", "green") : paint(run.outcome, run.outcome === "failed" ? "red" : "yellow");
      const why = [run.message, run.hint].filter((text) => text !== null).map(plain);
      tell([`${said} in ${run.durationMs} ms`, ...why, ...readingLines(readings, paint)], { run, readings });
      return run.outcome === "failed" ? 1 : 0;
    }
    if (Date.now() > until)
      throw new Error("It has not ended within two minutes. `unity instances` shows when it has.");
  }
}

async function tail({ api, name, signal, paint, tell }: Parts): Promise<number> {
  const chosen = name === undefined ? undefined : [(await findInstance(api, name)).id];
  const known = new Map<number, string>();
  /** New series come with new containers and disks. */
  const look = async () => {
    const instances = await api.plugins.instances.query();
    for (const instance of instances.filter(({ id }) => chosen?.includes(id) ?? true))
      for (const { series, metric, labels } of await api.metrics.latest.query({ instance: instance.id }))
        known.set(series, `${instance.name}  ${metric}${labelled(labels)}`);
  };
  await look();
  let work: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const subscription = api.live.stream.subscribe(chosen ? { instances: chosen } : {}, {
      onData: ({ series, times, values }) => {
        work = work
          .then(async () => {
            if (series.some((id) => !known.has(id))) await look();
            for (const [index, id] of series.entries()) {
              const [at = 0, value = 0] = [times[index], values[index]];
              const what = known.get(id);
              if (what === undefined) continue;
              const when = new Date(at).toISOString();
              tell([`${paint(when.slice(11, 19), "grey")}  ${plain(what)}  ${paint(String(value), "bold")}`], {
                at: when,
                series: what,
                value,
              });
            }
          })
          .catch(reject);
      },
      onError: reject,
      onComplete: resolve,
    });
    signal.addEventListener("abort", () => {
      subscription.unsubscribe();
      resolve();
    });
  });
  await work;
  return 0;
}

async function acknowledge({ api, name = "", note, tell }: Parts): Promise<number> {
  const alerts = await api.alerts.open.query();
  const [alert, another] = alerts.filter(({ id }) => id.startsWith(name));
  if (!alert) throw new Error(`No alert that is open begins with "${plain(name)}". \`unity status\` shows them.`);
  if (another) throw new Error(`Several alerts begin with "${plain(name)}". Write more of its id.`);
  const done = await api.alerts.acknowledge.mutate({ id: alert.id, note });
  tell([`${plain(done.ruleName)} is acknowledged, until it is over.`], done);
  return 0;
}

async function silence({ api, name = "", lasts, note, tell }: Parts): Promise<number> {
  const ms = durationOf(lasts);
  const instance = await findInstance(api, name);
  const from = Date.now();
  const made = await api.silences.create.mutate({
    kind: "silence",
    name: `${instance.name}, by unity silence`.slice(0, 191),
    matchers: [{ of: "instance", op: "is", value: instance.id }],
    when: { kind: "once", from, to: from + ms },
    note,
  });
  tell([`Nobody is told of ${plain(instance.name)} until ${new Date(from + ms).toLocaleString()}.`], made);
  return 0;
}

async function writeBundleFile({ api, name, lasts, bundle: options, print, tell }: Parts): Promise<number> {
  const terms = bundleTerms(options, { now: Date.now(), ms: lasts === undefined ? UNITS.d : durationOf(lasts) });
  const { text, ...facts } = await api.assist.bundle.query(terms);
  // Without a file it is the text itself, whoever reads it.
  if (name === undefined) print(text);
  else tell([await saveBundle(name, { text, ...facts })], { file: name, ...facts });
  return 0;
}

function durationOf(text: string | undefined): number {
  const [, count, unit] = /^(\d{1,4})([mhdw])$/.exec(text ?? "") ?? [];
  const ms = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!(ms > 0)) throw new WrongUse("For how long? --for 30m, 2h, 3d or 1w.");
  return ms;
}
