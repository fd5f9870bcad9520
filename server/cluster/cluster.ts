import type { Instance } from "../collect/instance";
import type { Lane } from "../collect/scheduler";
import type { Connection } from "../db/database";
import type { Wire } from "../db/postgres-notify";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import { createLeaseTable } from "./lease-table";
import { createLeases } from "./leases";
import { type News, readNews, writeNews } from "./news";
import type { Process } from "./processes";

/** The Unity processes on one database, as one of them sees it. */
export interface Cluster {
  /** Of this process. */
  readonly id: string;
  /** This process collects the instance. */
  holds(instanceId: string): boolean;
  /** Says it to the others. What is lost on the way they find in the database, later. */
  tell(news: News): void;
  /** Everybody who lives, this process among them. */
  processes(): readonly Process[];
  /** This process rolls up and drops. */
  leads(): boolean;
}

/** The only process that there is. */
export const ALONE: Cluster = {
  id: "",
  holds: () => true,
  tell: () => undefined,
  processes: () => [],
  leads: () => true,
};

/** What a process does on behalf of the others. */
export interface Member {
  instances(): readonly { readonly instance: Instance; readonly lane: Lane }[];
  take(instanceIds: readonly string[]): void;
  letGo(instanceIds: readonly string[]): void;
  /** @throws what the database throws */
  hear(news: News): Promise<void>;
  /** Reads everything anew that others may have changed. @throws what the database throws */
  refresh(): Promise<void>;
}

export interface SharedCluster extends Cluster {
  /** From now on it collects its share and hears the others. */
  join(member: Member): Promise<void>;
  /** For so long the database has answered; 0 while it does not. */
  steadyMs(): number;
  /** Gives its share back. */
  leave(): Promise<void>;
}

interface ClusterParts {
  readonly me: Process;
  readonly leads: () => boolean;
  /** The first that reaches everybody carries the news. All are listened to. */
  readonly openWires: (ears: { heard(text: string): void; opened(): void }) => readonly Wire[];
  readonly log: Log;
}

/** @param connection of a PostgreSQL */
export function createCluster({ engine }: Pick<Connection, "engine">, parts: ClusterParts): SharedCluster {
  const { me, log } = parts;
  let member: Member | undefined;
  let wires: readonly Wire[] = [];
  let known = me.id;
  const trouble = createTrouble(log, {
    failing: "other processes cannot be asked who collects what; this one goes on with what it has",
    over: "other processes can be asked again",
  });
  const leases = createLeases({
    id: me.id,
    table: createLeaseTable(engine, me),
    instances: () =>
      (member?.instances() ?? [])
        .filter(({ instance }) => instance.enabled)
        .map(({ instance, lane }) => ({ id: instance.id, host: instance.host, lane })),
    gained: (instanceIds) => member?.take(instanceIds),
    lost: (instanceIds) => member?.letGo(instanceIds),
    released: () => tell({ kind: "processes" }),
    failed: (error) => trouble.failed(error),
    worked() {
      trouble.worked();
      tellChange();
    },
  });

  function tellChange(): void {
    const processes = leases.processes();
    const ids = processes.map(({ id }) => id).join();
    if (ids === known) return;
    known = ids;
    const words =
      processes.length === 1
        ? "this Unity has the database alone"
        : `${processes.length} Unity processes share the database`;
    log.info({ hosts: processes.map(({ host }) => host) }, words);
  }

  function tell(news: News): void {
    // Alone, nobody is told; whoever comes says so, and reads what there is.
    const isAlone = leases.processes().length <= 1;
    if (isAlone && news.kind === "published") return;
    for (const text of writeNews(news, me.id)) void sendFirst(text);
  }

  async function sendFirst(text: string): Promise<void> {
    for (const wire of wires) if (await wire.send(text, leases.processes().length)) return;
  }

  function heard(text: string): void {
    const told = readNews(text);
    if (!told || told.from === me.id) return;
    act(told.news).catch((error: unknown) =>
      log.debug({ err: error }, "news of another process could not be followed"),
    );
  }

  async function act(news: News): Promise<void> {
    if (news.kind !== "processes") await member?.hear(news);
    if (news.kind === "processes" || news.kind === "instances") await leases.beat();
  }

  async function meet(): Promise<void> {
    await member?.refresh();
    await leases.beat();
    tell({ kind: "processes" });
  }

  function opened(): void {
    // The database is away: what there is is read when the next connection is there.
    meet().catch((error: unknown) => log.debug({ err: error }, "other processes could not be met"));
  }

  return {
    id: me.id,
    holds: leases.holds,
    processes: leases.processes,
    leads: parts.leads,
    steadyMs: leases.steadyMs,
    tell(news) {
      tell(news);
      // What was added is collected at once, not a beat later.
      if (news.kind === "instances") void leases.beat();
    },
    async join(joining) {
      member = joining;
      wires = parts.openWires({ heard, opened });
      await leases.beat();
      leases.start();
    },
    async leave() {
      await leases.stop().catch(() => undefined);
      const bye = writeNews({ kind: "processes" }, me.id);
      await Promise.all(bye.map(sendFirst));
      await Promise.all(wires.map((wire) => wire.close()));
    },
  };
}
