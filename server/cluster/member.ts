import type { Status } from "../collect/status";
import type { Published } from "../metrics/bus";
import type { Unity } from "../unity";
import type { Member } from "./cluster";
import type { News } from "./news";

type Parts = Pick<
  Unity,
  | "registry"
  | "instances"
  | "ledger"
  | "series"
  | "store"
  | "receiver"
  | "cluster"
  | "retention"
  | "bus"
  | "scheduler"
  | "alerts"
  | "muting"
  | "notifier"
  | "channels"
  | "accounts"
  | "take"
  | "letGo"
>;

/** What this process does when another one says something. */
export function createMember(unity: Parts): Member {
  const {
    registry,
    instances,
    ledger,
    series,
    store,
    receiver,
    cluster,
    retention,
    bus,
    scheduler,
    alerts,
    muting,
    notifier,
    channels,
    accounts,
  } = unity;

  async function publish(message: Published<Status>): Promise<void> {
    const instance = instances.get(message.instanceId);
    if (!instance) return;
    const fresh = message.series.filter((id) => !series.get(id));
    if (fresh.length > 0) await series.load(fresh);
    const { at, outcome, status, series: ids, values } = message;
    store.see?.({ series: ids, at: ids.map(() => at), value: values });
    // Many series come in several messages about one run.
    if (ledger.status(status.instanceId).lastRunAt !== status.lastRunAt) ledger.observe({ at, outcome }, status);
    bus.publish(message);
    // What is not collected here is what was pushed there: its rules are judged by whoever has it.
    if (registry.get(instance.plugin)?.receive && cluster.holds(instance.id)) receiver.heard(instance, ids);
  }

  async function hear(news: News): Promise<void> {
    if (news.kind === "published") await publish(news);
    else if (news.kind === "instances") await instances.reload();
    else if (news.kind === "settings") await Promise.all([retention.read(), notifier.book.reload()]);
    else if (news.kind === "accounts") accounts.reload();
    else if (news.kind === "rules") await Promise.all([alerts.book.reload(), channels.book.reload()]);
    else if (news.kind === "silences") await muting.reload();
    else if (news.kind === "alerts") bus.announceAlerts();
    else if (news.kind === "deeds") await alerts.takeUp();
    else if (news.kind === "run") scheduler.runNow(news.instanceId);
  }

  return {
    instances: () =>
      instances.list().flatMap((instance) => {
        const plugin = registry.get(instance.plugin);
        return plugin ? [{ instance, lane: plugin.kind }] : [];
      }),
    take: unity.take,
    letGo: unity.letGo,
    hear,
    async refresh() {
      await instances.reload();
      await series.load();
      await ledger.reload();
      await retention.read();
      await alerts.book.reload();
      await muting.reload();
      await notifier.book.reload();
      await channels.book.reload();
      accounts.reload();
      await alerts.takeUp();
      bus.announceChange();
    },
  };
}
