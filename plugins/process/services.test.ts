import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";

const QUIET = "unity-quiet";
const BUSY = "unity-busy";
const LARGE = "unity-large";
const LARGE_BYTES = 100_000_000;
/** Resident memory is read at two moments. */
const MEMORY = 0.05;

/** Processes of the test's own, against what the process exporter of Prometheus sees of them. */
describeService("process", "Linux", (service) => {
  let port = 0;
  const quiet: Running[] = [];
  const config = {
    groupBy: "comm",
    watch: [QUIET, BUSY, LARGE].map((name) => ({ name, match: "comm", pattern: name })),
  };
  const memory = service.memory();
  const look = () => bracket(port, () => service.collect(config, { memory }));
  const group = (name: string) => ({ groupname: name });

  beforeAll(async () => {
    port = await service.port();
    for (const [name, program] of [
      [QUIET, "/bin/sleep"],
      [BUSY, "/bin/sh"],
      [LARGE, "/usr/bin/tail"],
    ] as const)
      copyFileSync(program, join(service.folder, name));
    writeFileSync(join(service.folder, "names.yml"), `process_names:\n  - name: "{{.Comm}}"\n    cmdline: [".+"]\n`);
    const args = [`-web.listen-address=127.0.0.1:${port}`, `-config.path=${join(service.folder, "names.yml")}`];
    await service.start("prometheus-process-exporter", args, { port });
    service.version(await service.run("prometheus-process-exporter", ["-version"]));
  });

  test("counts processes that were started, and what they hold", async () => {
    for (let count = 0; count < 3; count += 1) quiet.push(await service.start(join(service.folder, QUIET), ["600"]));
    // Until they sleep, they open and close the libraries that they load.
    await service.until(() => quiet.every(({ pid }) => / S /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))));
    const { result: seen, range } = await look();
    const [ours, theirs] = [{ watch: QUIET }, group(QUIET)];
    expect(seen.value("process_watch_count", ours)).toBe(3);
    expectWithin(
      "processes",
      seen.value("process_watch_count", ours),
      range("namedprocess_namegroup_num_procs", theirs),
    );
    expectWithin(
      "threads",
      seen.value("process_watch_threads", ours),
      range("namedprocess_namegroup_num_threads", theirs),
    );
    expectWithin(
      "files",
      seen.value("process_watch_open_fds", ours),
      range("namedprocess_namegroup_open_filedesc", theirs),
    );
    expectWithin(
      "group",
      seen.value("process_group_count", { group: QUIET }),
      range("namedprocess_namegroup_num_procs", theirs),
    );
  });

  test("memory of one is what the exporter says; what several share is counted once", async () => {
    // It keeps a line that has no end yet.
    const feed = `(head -c ${LARGE_BYTES} /dev/zero; sleep 600) | ${join(service.folder, LARGE)}`;
    const large = await service.start("sh", ["-c", feed]);
    const ours = (seen: Awaited<ReturnType<typeof look>>["result"]) =>
      seen.value("process_watch_memory_bytes", { watch: LARGE }) ?? 0;
    await service.until(async () => ours(await service.collect(config)) > LARGE_BYTES);
    // It may still be at work on what it was fed.
    let looked = await look();
    await service.until(async () => {
      looked = await look();
      const told = looked.range("namedprocess_namegroup_memory_bytes", { ...group(LARGE), memtype: "resident" });
      return told !== undefined && told.low === told.high;
    });
    const { result: seen, range } = looked;
    await large.stop();
    const resident = (name: string) =>
      range("namedprocess_namegroup_memory_bytes", { ...group(name), memtype: "resident" });
    expectWithin("one", ours(seen), resident(LARGE), MEMORY);
    const several = seen.value("process_watch_memory_bytes", { watch: QUIET }) ?? 0;
    expect(several).toBeGreaterThan((resident(QUIET)?.low ?? 0) / 3);
    expect(several).toBeLessThan(resident(QUIET)?.high ?? 0);
  });

  test("one that ended is gone for both", async () => {
    await quiet.pop()?.stop();
    const { result: seen, range } = await look();
    expect(seen.value("process_watch_count", { watch: QUIET })).toBe(2);
    expectWithin("processes", 2, range("namedprocess_namegroup_num_procs", group(QUIET)));
  });

  test("a busy one used as much of the processor as the exporter says", async () => {
    const busy = await service.start(join(service.folder, BUSY), ["-c", "while :; do :; done"]);
    const modes = [
      { ...group(BUSY), mode: "user" },
      { ...group(BUSY), mode: "system" },
    ];
    const name = "namedprocess_namegroup_cpu_seconds_total";
    // Time needs two runs with a moment between them: those without it are passed over.
    const lookAtTime = async () => {
      let found = await look();
      const ours = () => found.result.value("process_group_cpu_seconds_total", { group: BUSY });
      await service.until(async () => {
        found = await look();
        return ours() !== undefined;
      });
      return { ours: ours() ?? 0, theirs: found.range(name, ...modes) };
    };
    const before = await lookAtTime();
    let after = before;
    await service.until(async () => {
      after = await lookAtTime();
      return after.ours - before.ours > 2;
    });
    await busy.stop();
    const grown = after.ours - before.ours;
    // The exporter counts from when it first saw the process, so growth is compared.
    expect(grown).toBeGreaterThanOrEqual((after.theirs?.low ?? 0) - (before.theirs?.high ?? 0) - 0.02);
    expect(grown).toBeLessThanOrEqual((after.theirs?.high ?? 0) - (before.theirs?.low ?? 0) + 0.02);
  });
});
