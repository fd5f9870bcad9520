import type { Prepared } from "../../alerts/changes";
import type { AuditLog } from "../../auth/audit-log";
import { diff } from "../../auth/diff";
import type { Clock } from "../../clock";
import type { Registry } from "../../collect/registry";
import type { Connection } from "../../db/database";
import { messageOf, UnityError } from "../../errors";
import type { Log } from "../../log";
import type { Secret } from "../../secrets";
import { type ConfigSource, type ParsedConfig, parseConfig } from "../config-yaml";
import type { Configuration, LookedConfig, Thing } from "../configuration";
import { type Compared, compareThings, keyOf, type Lone } from "./compare-things";
import { type Decision, decide, type Remembered } from "./decide";
import { narrow } from "./narrow";
import { type Provisioned, type Provisioner, rowAfter } from "./provisioned";
import { createRememberedTable } from "./remembered-table";
import { watchFolder } from "./watch-folder";

interface ProvisionerParts {
  readonly folder: string | undefined;
  readonly prunes: boolean;
  readonly connection: Connection;
  readonly configuration: Pick<Configuration, "look" | "write">;
  readonly registry: Pick<Registry, "get">;
  readonly key: Secret<Buffer>;
  leads(): boolean;
  readonly audit: Pick<AuditLog, "record">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Each gets a line of its own in the audit log; of more only how many they are. */
const MOST_AUDITED = 100;
const BY = "file";

interface Plan {
  readonly looked: LookedConfig;
  readonly things: readonly (Compared & { readonly decision: Decision })[];
  readonly lone: ReadonlyMap<string, Lone>;
  readonly remembered: ReadonlyMap<string, Remembered>;
}

export function createProvisioner(parts: ProvisionerParts): Provisioner {
  const { folder, prunes, connection, configuration, registry, key, audit, clock, log } = parts;
  const table = createRememberedTable(connection);
  let good:
    | { readonly sources: readonly ConfigSource[]; readonly parsed: ParsedConfig; readonly at: number }
    | undefined;
  let applied: string | undefined;
  let problem: string | null = null;
  let watching: { stop(): void } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each reads what the one before it wrote. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  }

  function tell(now: string | null): void {
    if (now === problem) return;
    problem = now;
    if (now === null) log.info({ folder }, "the files of the configuration can be applied again");
    else
      log.warn(
        { folder, reason: now },
        "the files of the configuration are not applied; what was applied before stays",
      );
  }

  async function plan(parsed: ParsedConfig): Promise<Plan> {
    const rows = await table.read();
    const remembered = new Map(rows.map((row) => [keyOf(row), row]));
    // Of every kind it is asked what else there is: it may have left the files.
    const lists = { instances: [], rules: [], overrides: [], channels: [], routes: [], silences: [] };
    const whole = { ...parsed, file: { ...lists, ...parsed.file } };
    const looked = configuration.look(whole, { removeMissing: false, by: BY });
    const { compared, lone } = compareThings(looked, { parsed: whole, key, plugin: registry.get });
    return {
      looked,
      remembered,
      lone: new Map(lone.map((one) => [keyOf(one), one])),
      things: compared.map((one) => ({ ...one, decision: decide(one, remembered.get(keyOf(one))) })),
    };
  }

  /** Of what is in no file any more: those that nobody touched since are removed where that was asked for. */
  function leftOf({ remembered, things, lone }: Plan): { readonly row: Remembered; readonly removed: boolean }[] {
    const inFiles = new Set(things.map(keyOf));
    return [...remembered.values()].flatMap((row) => {
      const here = lone.get(keyOf(row));
      if (inFiles.has(keyOf(row)) || !here) return [];
      // An empty folder is one that was not mounted.
      const removed =
        prunes && (good?.sources.length ?? 0) > 0 && row.kept === undefined && here.liveHash === row.liveHash;
      return [{ row, removed }];
    });
  }

  async function write(
    made: Plan,
    chosen: { readonly apply: readonly Compared[]; readonly by: string | null },
  ): Promise<void> {
    const left = chosen.by === null ? leftOf(made) : [];
    const apply = new Set(chosen.apply.map(keyOf));
    const remove = new Set(left.filter(({ removed }) => removed).map(({ row }) => keyOf(row)));
    const rows = [
      ...made.things.flatMap((one) => rowAfter(one, made.remembered.get(keyOf(one)), apply.has(keyOf(one)))),
      ...(chosen.by === null ? left : leftOf(made).map(({ row }) => ({ row, removed: false }))).flatMap(
        ({ row, removed }) => (removed ? [] : [row]),
      ),
    ];
    const more: Prepared["write"] = table.write(rows);
    await configuration.write(narrow(made.looked, { apply, remove }), { removeMissing: true, more });
    record(made, { ...chosen, remove });
  }

  function record(
    { lone }: Plan,
    { apply, remove, by }: { apply: readonly Compared[]; remove: ReadonlySet<string>; by: string | null },
  ): void {
    const removed = [...remove].flatMap((one) => lone.get(one) ?? []);
    const who = (file: string) => ({
      userId: null,
      name: by ?? `${BY} ${file}`,
      via: "command" as const,
      address: null,
    });
    for (const { file, id, name, kind, live, wanted } of apply.slice(0, MOST_AUDITED)) {
      const { changes, more } = diff(live, wanted);
      const details = { changes, ...(more > 0 ? { moreChanges: more } : {}), facts: { kind, file } };
      audit.record({ who: who(file), action: "config.provision", outcome: "done", subject: { id, name }, details });
    }
    for (const { id, name, kind } of removed.slice(0, MOST_AUDITED))
      audit.record({
        ...{ who: who("that it left"), action: "config.provision", outcome: "done", subject: { id, name } },
        details: { facts: { kind, removed: true } },
      });
    const rest = Math.max(0, apply.length - MOST_AUDITED) + Math.max(0, removed.length - MOST_AUDITED);
    if (rest > 0)
      audit.record({ who: who("s"), action: "config.provision", outcome: "done", details: { facts: { more: rest } } });
    if (apply.length + removed.length > 0)
      log.info({ applied: apply.length, removed: removed.length }, "files of the configuration were applied");
  }

  async function follow(sources: readonly ConfigSource[] | null): Promise<void> {
    if (sources === null) {
      // A mount that is not there is no wish to have nothing.
      if (good) tell(`The folder ${folder} is not there any more.`);
      return;
    }
    const content = JSON.stringify(sources);
    try {
      const known = good && JSON.stringify(good.sources) === content ? good.parsed : undefined;
      const parsed = known ?? parseConfig(sources);
      if (parts.leads() && applied !== content) {
        const before = good;
        good = { sources, parsed, at: clock.now() };
        try {
          const made = await plan(parsed);
          await write(made, { apply: made.things.filter(({ decision }) => decision.is === "apply"), by: null });
        } catch (error) {
          good = before;
          throw error;
        }
        applied = content;
      } else if (!known) good = { sources, parsed, at: clock.now() };
      tell(null);
    } catch (error) {
      tell(messageOf(error));
    }
  }

  function viewOf(made: Plan): Provisioned[] {
    const shown = made.things.map(({ kind, id, name, file, decision, live, wanted }): Provisioned => {
      const differs = decision.is !== "same";
      return {
        ...{ kind, id, name, file },
        state: decision.is === "apply" ? "waits" : decision.is,
        why: decision.is === "drift" ? decision.why : null,
        changes: differs ? diff(live, wanted).changes : [],
      };
    });
    const left = leftOf(made).map(({ row: { kind, id, name, file } }): Provisioned => {
      return { kind, id, name, file, state: "left", why: null, changes: [] };
    });
    return [...shown, ...left];
  }

  async function look(): Promise<{ things: readonly Provisioned[]; notes: readonly string[]; fault: string | null }> {
    if (!good) {
      const rows = await table.read();
      const things = rows.map(({ kind, id, name, file }): Provisioned => {
        return { kind, id, name, file, state: "same", why: null, changes: [] };
      });
      return { things, notes: [], fault: null };
    }
    try {
      const made = await plan(good.parsed);
      return { things: viewOf(made), notes: made.looked.notes, fault: null };
    } catch (error) {
      // What is here changed so that the files do not go with it any more.
      if (!(error instanceof UnityError)) throw error;
      return { things: [], notes: [], fault: error.message };
    }
  }

  async function find(thing: Thing): Promise<{ made: Plan; found: Plan["things"][number] | undefined }> {
    if (!good) throw new UnityError("not_found", "No file of the configuration could be read.");
    const made = await plan(good.parsed);
    return { made, found: made.things.find((one) => keyOf(one) === keyOf(thing)) };
  }

  return {
    begin() {
      if (folder !== undefined)
        watching ??= watchFolder(folder, {
          tell: (sources) => inTurn(() => follow(sources)),
          failed: (error) => tell(messageOf(error)),
        });
    },
    problem: () => problem,
    state: () =>
      inTurn(async () => {
        const { things, notes, fault } = await look();
        return {
          ...{ folder: folder ?? null, prunes, things, notes },
          files: good?.sources.map(({ name }) => name ?? "") ?? [],
          problem: problem ?? fault,
          readAt: good?.at ?? null,
        };
      }),
    managed: () => inTurn(async () => (await look()).things.map(({ changes: _, ...thing }) => thing)),
    takeFile: (thing, by) =>
      inTurn(async () => {
        const { made, found } = await find(thing);
        if (!found) throw nothingInFiles();
        await write(made, { apply: [found], by });
      }),
    keepMine: (thing) =>
      inTurn(async () => {
        const { made, found } = await find(thing);
        const rows = new Map(made.remembered);
        if (found) {
          const { kind, id, name, file, fileHash } = found;
          const before = rows.get(keyOf(thing)) ?? { kind, id, name, file, fileHash: "", liveHash: "" };
          rows.set(keyOf(thing), { ...before, name, file, kept: fileHash });
        } else if (!rows.delete(keyOf(thing))) throw nothingInFiles();
        await table.save([...rows.values()]);
      }),
    stop: () => watching?.stop(),
  };
}

const nothingInFiles = () => new UnityError("not_found", "No file speaks of this any more.");
