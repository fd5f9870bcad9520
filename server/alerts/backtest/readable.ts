import { reasonOf, UnityError } from "../../errors";
import type { MetricStore } from "../../metrics/store";

type Past = Pick<MetricStore, "export" | "range" | "rollups">;

/** A store that says in words that it cannot be read: whoever tries a rule can do something about it. */
export function createReadable(store: Past): Past {
  return {
    rollups: store.rollups,
    async range(...asked) {
      try {
        return await store.range(...asked);
      } catch (error) {
        throw unreadable(error);
      }
    },
    async *export(query) {
      try {
        yield* store.export(query);
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function unreadable(error: unknown): unknown {
  if (error instanceof UnityError) return error;
  const message = `What was measured cannot be read: ${reasonOf(error)}. Alerts go on. Try the rule again when the database is back.`;
  return new UnityError("unavailable", message, { cause: error });
}
