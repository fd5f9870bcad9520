import { installStores } from "../stores/install-stores.mjs";
import { STORES, startStore } from "../stores/start-store.mjs";
import { isDisposable } from "../tasks/is-disposable.mjs";
import { Stop, step } from "../tasks/progress.mjs";
import { runVitest } from "./run-vitest.mjs";
import { skipSuite } from "./tally.mjs";

/** Those that tests ask for. */
const NAMES = ["postgres", "mysql", "redis", "victoriametrics", "timescale"];
/** Tests start it themselves, because what it scrapes stands in its configuration. */
const STARTED_BY_TESTS = ["prometheus"];
const urlOf = (name) => `TEST_${name.toUpperCase()}_URL`;

/**
 * What Unity does with real servers: vitest over the `.stores.test.ts` files, with each server started for it. A server whose
 * address is given in `TEST_<NAME>_URL` is not started.
 * @param options.asked by name; then it runs even when there is no server at all, and installs what is missing, if root
 */
export async function runStores(folder, { files, asked }) {
  const wanted = NAMES.filter((name) => !process.env[urlOf(name)]);
  const reasons = asked || isDisposable() ? await installStores([...wanted, ...STARTED_BY_TESTS]) : {};
  const isGiven = wanted.length < NAMES.length;
  const isTried = Object.keys(reasons).length > 0;
  const isHopeless = !isGiven && !isTried && !NAMES.some((name) => STORES[name].isInstalled());
  if (isHopeless && !asked)
    return skipSuite(
      "stores",
      `no server of ${titles(NAMES)} is installed here. What it needs is said by: npm run test:stores`,
    );
  const started = [];
  try {
    const env = await step(`Starting ${titles(wanted)}`, () => startAll(wanted, reasons, started));
    return await runVitest("stores", { folder, files, env, config: "vitest.stores.config.ts" });
  } finally {
    await Promise.all(started.map((store) => store.stop()));
  }
}

const titles = (names) => names.map((name) => STORES[name].title).join(", ") || "no server: all are given";

/** @returns what tests are told: where each server is, or why it is not */
async function startAll(names, reasons, started) {
  const env = {};
  const startOne = async (name) => {
    try {
      const store = await startStore(name);
      started.push(store);
      Object.assign(env, { [urlOf(name)]: store.url, ...STORES[name].env });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const reason = reasons[name] ?? error.message;
      process.stdout.write(`  Without ${STORES[name].title}: ${reason}\n`);
      env[`TEST_${name.toUpperCase()}_MISSING`] = reason.split("\n", 1)[0];
    }
  };
  const results = await Promise.allSettled(names.map(startOne));
  const broken = results.find(({ status }) => status === "rejected");
  if (broken) throw broken.reason;
  return env;
}
