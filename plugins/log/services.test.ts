import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";

const patterns = [
  { name: "failed", regex: "failed", severity: "error" },
  { name: "user", regex: "user (?<name>\\S+)", severity: "info", extract: true },
];

/** logrotate, as every distribution runs it, turns the logs between two runs of the plugin. */
describeService("log", "files", (service) => {
  beforeAll(async () => {
    service.version(await service.run("sh", ["-c", "logrotate --version 2>&1"]));
  });

  /** A log with its own settings of logrotate. */
  async function makeLog(name: string, how: string) {
    const path = join(service.folder, `${name}.log`);
    const settings = join(service.folder, `${name}.conf`);
    writeFileSync(path, "before Unity started: failed\n");
    writeFileSync(settings, `${path} {\n  rotate 3\n  ${how}\n}\n`, { mode: 0o644 });
    const memory = service.memory();
    const config = { sources: [path], patterns, defaultPatterns: false };
    const collect = () => service.collect(config, { memory });
    await collect();
    return {
      collect,
      write: (text: string) => appendFileSync(path, text),
      rotate: () => service.run("logrotate", ["--force", "--state", join(service.folder, `${name}.state`), settings]),
    };
  }

  test.each([
    ["renames and makes a new one", "create 0644 root root"],
    ["copies and empties", "copytruncate"],
    ["renames with the date", "create 0644 root root\n  dateext"],
    ["renames and leaves none", "nocreate"],
    ["renames, and compresses older ones", "create 0644 root root\n  compress\n  delaycompress"],
  ])("counts each line once while logrotate %s", async (title, how) => {
    const log = await makeLog(title.replaceAll(/\W/g, "-"), how);
    log.write("one failed\n");
    expect((await log.collect()).value("log_matches_total", { pattern: "failed" })).toBe(1);
    log.write("two failed, user anna\n");
    await log.rotate();
    log.write("three failed, user ben\nuser anna\n");
    const after = await log.collect();
    expect(after.failure).toBeUndefined();
    expect(after.value("log_matches_total", { pattern: "failed" })).toBe(3);
    expect(after.value("log_extracted_total", { value: "anna" })).toBe(2);
    expect(after.value("log_lines_total")).toBe(4);
    expect(after.value("log_rotations_total")).toBe(1);
    expect(after.value("log_lines_dropped_total", { reason: "lost" })).toBe(0);
    expect(after.value("log_lag_bytes")).toBe(0);
    log.write("four failed\n");
    expect((await log.collect()).value("log_matches_total", { pattern: "failed" })).toBe(4);
  });

  test("a file that is not there is missing", async () => {
    const seen = await service.collect({ sources: [join(service.folder, "none.log")] });
    expect(seen.failure?.reason).toBe("not_found");
    expect(seen.value("log_file_missing")).toBe(1);
  });

  test("a hundred megabytes are read over several runs, each within its bounds", async () => {
    const path = join(service.folder, "huge.log");
    writeFileSync(path, "");
    for (let count = 0; count < 10; count += 1)
      appendFileSync(
        path,
        "a line of a hundred bytes that says nothing at all, written again and again by a busy test, as is\n".repeat(
          100_000,
        ),
      );
    const memory = service.memory();
    const config = { sources: [path], startAt: "beginning", maxLinesPerCheck: 100_000 };
    const first = await service.collect(config, { memory });
    const read = first.value("log_bytes_total") ?? 0;
    expect(read).toBeGreaterThan(6_000_000);
    expect(read).toBeLessThanOrEqual(8_388_608);
    expect(first.value("log_lag_bytes")).toBe((first.value("log_file_bytes") ?? 0) - read);
    expect((await service.collect(config, { memory })).value("log_bytes_total")).toBeGreaterThan(read * 1.9);
  });
});

/** Journals as systemd writes them, of what the test says. */
describeService("log", "journald", (service) => {
  let folder = "";
  let entries = 0;
  beforeAll(async () => {
    folder = join(service.folder, "journal");
    mkdirSync(folder);
    service.version(await service.run("journalctl", ["--version"]));
  });

  /** Writes entries in the journal's export format. */
  async function write(...messages: readonly (string | Buffer)[]): Promise<void> {
    const parts = messages.flatMap((message) => {
      entries += 1;
      const at = 1_790_000_000_000_000 + entries;
      const fields = `__REALTIME_TIMESTAMP=${at}\n__MONOTONIC_TIMESTAMP=${entries}\n_BOOT_ID=${"1".repeat(32)}\nPRIORITY=${entries % 2 === 1 ? 3 : 6}\nSYSLOG_IDENTIFIER=app\n_SYSTEMD_UNIT=app.service\n`;
      if (typeof message === "string") return [Buffer.from(`${fields}MESSAGE=${message}\n\n`)];
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(message.length));
      return [Buffer.from(`${fields}MESSAGE\n`), length, message, Buffer.from("\n\n")];
    });
    const file = join(service.folder, `${entries}.export`);
    writeFileSync(file, Buffer.concat(parts));
    await service.run("/lib/systemd/systemd-journal-remote", ["-o", join(folder, `${entries}.journal`), file]);
  }

  test("reads what the journal got since the last run, also what is no text", async () => {
    await write("before Unity started: failed");
    const memory = service.memory();
    const config = {
      sources: [{ type: "journal", directory: folder, name: "app", units: ["app.service"] }],
      ...{ patterns, defaultPatterns: false },
    };
    const first = await service.collect(config, { memory });
    expect(first.value("log_lines_total")).toBe(0);
    expect(first.value("log_last_line_timestamp_seconds")).toBeCloseTo(1_790_000_000, 3);
    await write("one failed", Buffer.from([0x66, 0x61, 0x69, 0x6c, 0x65, 0x64, 0xff, 0x00, 0x01]), "user anna");
    const second = await service.collect(config, { memory });
    expect(second.value("log_lines_total")).toBe(3);
    expect(second.value("log_matches_total", { pattern: "failed" })).toBe(2);
    expect(second.value("log_extracted_total", { value: "anna" })).toBe(1);
    expect(second.value("log_priority_lines_total", { priority: "err" })).toBe(1);
    expect(second.value("log_priority_lines_total", { priority: "info" })).toBe(2);
    const third = await service.collect(config, { memory });
    expect(third.value("log_lines_total")).toBe(3);
  });

  test("another unit has no entries yet, and a folder without a journal is not found", async () => {
    const other = { type: "journal", directory: folder, units: ["other.service"] };
    expect((await service.collect({ sources: [other] })).value("log_lines_total")).toBe(0);
    const none = { type: "journal", directory: join(service.folder, "none") };
    expect((await service.collect({ sources: [none] })).failure?.reason).toBe("not_found");
  });
});
