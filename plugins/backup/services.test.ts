import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";

const HOUR = 3_600;

describeService("backup", "restic", (service) => {
  const repository = join(service.folder, "restic");
  const source = join(service.folder, "source");
  const config = { type: "restic", repository, password: "s3cret-password", job: "nas" };
  const restic = (...args: string[]) =>
    service.run("restic", ["--no-cache", ...args], {
      env: { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: "s3cret-password" },
    });

  beforeAll(async () => {
    service.version(await restic("version"));
    await restic("init");
    mkdirSync(source);
    writeFileSync(join(source, "big"), randomBytes(300_000));
    writeFileSync(join(source, "small"), "hello");
  });

  test("a repository without a snapshot was never backed up", async () => {
    const seen = await service.collect(config);
    expect(seen.failure).toBeUndefined();
    expect(seen.value("backup_never_succeeded", { job: "nas", type: "restic" })).toBe(1);
    expect(seen.value("backup_repository_reachable")).toBe(1);
    expect(seen.value("backup_healthy")).toBe(0);
    expect(seen.value("backup_last_success_age_seconds")).toBeUndefined();
  });

  test("tells how old the newest snapshot is, and when a new one is made", async () => {
    await restic("backup", source, "--time", "2020-01-01 00:00:00", "--host", "nas");
    const old = await service.collect(config);
    expect(old.value("backup_last_success_timestamp_seconds")).toBe(Date.UTC(2020, 0, 1) / 1_000);
    expect(old.value("backup_healthy")).toBe(0);
    await restic("backup", source, "--host", "nas", "--tag", "daily");
    const fresh = await service.collect(config);
    expect(fresh.value("backup_last_success_age_seconds")).toBeLessThan(60);
    expect(fresh.value("backup_healthy")).toBe(1);
    expect(fresh.value("backup_snapshots")).toBe(2);
    expect(fresh.value("backup_last_size_bytes")).toBe(300_005);
    expect(fresh.value("backup_repository_size_bytes")).toBeGreaterThan(0);
    expect(fresh.value("backup_repository_free_bytes")).toBeGreaterThan(0);
    expect(fresh.partial).toEqual([]);
  });

  test("looks only at the snapshots that are meant", async () => {
    const daily = await service.collect({ ...config, filters: { host: "nas", tags: ["daily"] } });
    expect(daily.value("backup_snapshots")).toBe(1);
    const other = await service.collect({ ...config, filters: { host: "other" } });
    expect(other.value("backup_never_succeeded")).toBe(1);
  });

  test("notices an emptied source", async () => {
    const memory = service.memory();
    await service.collect(config, { memory });
    rmSync(join(source, "big"));
    await restic("backup", source, "--host", "nas");
    const seen = await service.collect(config, { memory });
    expect(seen.value("backup_last_size_bytes")).toBe(5);
    expect(seen.value("backup_size_change_ratio")).toBeCloseTo(5 / 300_005, 9);
  });

  test("counts the lock of a backup that runs", async () => {
    const locks = async () =>
      (await service.collect(config)).value("backup_repository_locks", { job: "nas", stale: "false" });
    expect(await locks()).toBe(0);
    const env = { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: "s3cret-password" };
    const script = "sleep 600 | restic --no-cache backup --stdin --host other";
    const running = await service.start("sh", ["-c", script], { env, ready: async () => (await locks()) === 1 });
    await running.stop();
    await restic("unlock", "--remove-all");
  });

  test("a check finds the damage", async () => {
    const checked = { ...config, checkIntervalSeconds: 86_400 };
    expect((await service.collect(checked)).value("backup_check_ok")).toBe(1);
    // The largest pack has contents of files. Folders stay readable, so that restic is done soon.
    const packs = readdirSync(join(repository, "data"), { recursive: true, encoding: "utf8" })
      .map((name) => join(repository, "data", name))
      .filter((path) => statSync(path).isFile())
      .sort((one, other) => statSync(other).size - statSync(one).size);
    rmSync(packs[0] ?? "");
    const seen = await service.collect(checked);
    expect(seen.value("backup_check_ok")).toBe(0);
    expect(seen.value("backup_healthy")).toBe(0);
  });

  test("a wrong password is refused and a missing repository is not there; neither is told in the message", async () => {
    const wrong = await service.collect({ ...config, password: "wrong-password" });
    expect(wrong.failure?.reason).toBe("auth");
    expect(wrong.value("backup_repository_reachable")).toBe(0);
    expect(JSON.stringify(wrong)).not.toContain("wrong-password");
    expect((await service.collect({ ...config, repository: `${repository}-no` })).failure?.reason).toBe("not_found");
    const gone = { ...config, repository: "rest:http://127.0.0.1:1/" };
    expect((await service.collect(gone)).failure?.reason).toBe("unreachable");
  });
});

describeService("backup", "Borg", (service) => {
  const repository = join(service.folder, "borg");
  const source = join(service.folder, "source");
  const env = { BORG_BASE_DIR: join(service.folder, "home") };
  const config = { type: "borg", repository, password: "s3cret-password", env };
  const borg = (...args: string[]) =>
    service.run("borg", args, {
      env: { ...env, BORG_REPO: repository, BORG_PASSPHRASE: "s3cret-password" },
      cwd: service.folder,
    });

  beforeAll(async () => {
    service.version(await borg("--version"));
    await borg("init", "-e", "repokey");
    mkdirSync(source);
    writeFileSync(join(source, "big"), Buffer.alloc(300_000, 7));
  });

  test("tells of a repository without an archive, of an old one and of a new one", async () => {
    expect((await service.collect(config)).value("backup_never_succeeded", { job: "borg", type: "borg" })).toBe(1);
    await borg("create", "--timestamp", "2020-01-01T00:00:00", "::nas-old", "source");
    const old = await service.collect(config);
    expect(old.value("backup_last_success_timestamp_seconds")).toBe(Date.UTC(2020, 0, 1) / 1_000);
    await borg("create", "::nas-new", "source");
    const fresh = await service.collect(config);
    expect(fresh.failure).toBeUndefined();
    expect(fresh.value("backup_last_success_age_seconds")).toBeLessThan(60);
    expect(fresh.value("backup_healthy")).toBe(1);
    expect(fresh.value("backup_snapshots")).toBe(2);
    expect(fresh.value("backup_last_size_bytes")).toBe(300_000);
    expect(fresh.value("backup_last_files")).toBe(1);
    expect(fresh.value("backup_size_change_ratio")).toBe(1);
    expect(fresh.value("backup_repository_size_bytes")).toBeGreaterThan(0);
    expect(fresh.value("backup_repository_locks", { stale: "false" })).toBe(0);
    expect(fresh.inventory?.facts).toMatchObject({ encryption: "repokey" });
    const none = await service.collect({ ...config, filters: { globArchives: "other-*" } });
    expect(none.value("backup_never_succeeded")).toBe(1);
  });

  test("notices an emptied source", async () => {
    writeFileSync(join(source, "big"), "");
    await borg("create", "::nas-empty", "source");
    expect((await service.collect(config)).value("backup_size_change_ratio")).toBe(0);
  });

  test("a check finds the damage", async () => {
    const checked = { ...config, checkIntervalSeconds: 86_400 };
    expect((await service.collect(checked)).value("backup_check_ok")).toBe(1);
    const data = join(repository, "data", "0");
    const [first = ""] = readdirSync(data).sort();
    const bytes = readFileSync(join(data, first));
    bytes.fill(0xff, 40, 80);
    writeFileSync(join(data, first), bytes);
    expect((await service.collect(checked)).value("backup_check_ok")).toBe(0);
  });

  test("a wrong passphrase, none, and a repository that is not there", async () => {
    const why = async (change: object) => (await service.collect({ ...config, ...change })).failure?.reason;
    expect(await why({ password: "wrong-password" })).toBe("auth");
    expect(await why({ password: undefined })).toBe("auth");
    expect(await why({ repository: `${repository}-no` })).toBe("not_found");
    expect(await why({ repository: source })).toBe("not_found");
    expect(await why({ repository: "ssh://127.0.0.1:1/./borg" })).toBe("unreachable");
  });
});

describeService("backup", "directory", (service) => {
  const folder = join(service.folder, "dumps");
  const config = { type: "directory", path: folder, pattern: "*.sql.gz" };
  const write = (name: string, bytes: number, hoursAgo: number) => {
    writeFileSync(join(folder, name), Buffer.alloc(bytes));
    const at = Date.now() / 1_000 - hoursAgo * HOUR;
    utimesSync(join(folder, name), at, at);
  };
  beforeAll(() => mkdirSync(join(folder, "db"), { recursive: true }));

  test("the newest file that matches counts, and an empty one is a failure", async () => {
    expect((await service.collect(config)).value("backup_never_succeeded", { job: "dumps" })).toBe(1);
    write("db/a.sql.gz", 1_000, 49);
    write("db/b.sql.gz", 1_200, 25);
    write("db/c.sql.gz", 1_100, 1);
    write("note.txt", 5, 0);
    const seen = await service.collect(config);
    expect(seen.value("backup_last_success_age_seconds")).toBeCloseTo(HOUR, -2);
    expect(seen.value("backup_snapshots")).toBe(3);
    expect(seen.value("backup_last_size_bytes")).toBe(1_100);
    expect(seen.value("backup_repository_size_bytes")).toBe(3_300);
    expect(seen.value("backup_size_change_ratio")).toBe(1);
    write("db/d.sql.gz", 0, 0);
    const empty = await service.collect(config);
    expect(empty.value("backup_last_run_ok")).toBe(0);
    expect(empty.value("backup_last_success_age_seconds")).toBeCloseTo(HOUR, -2);
    expect(empty.value("backup_healthy")).toBe(0);
  });

  test("a folder that is gone is not there", async () => {
    const seen = await service.collect({ ...config, path: `${folder}-gone` });
    expect(seen.failure?.reason).toBe("not_found");
    expect(seen.value("backup_repository_reachable")).toBe(0);
  });
});

describeService("backup", "script", (service) => {
  const run = (script: string) => service.collect({ type: "script", job: "tapes", command: ["sh", "-c", script] });

  test("says what the program says", async () => {
    const told = JSON.stringify({ last_success: new Date(Date.now() - HOUR * 1_000).toISOString(), size_bytes: 42 });
    const seen = await run(`echo starting; echo '${told}'`);
    expect(seen.value("backup_last_success_age_seconds", { job: "tapes" })).toBeCloseTo(HOUR, -2);
    expect(seen.value("backup_last_size_bytes")).toBe(42);
    expect(seen.value("backup_last_run_ok")).toBe(1);
  });

  test("a program that fails is a backup that failed; one that says nothing is not understood", async () => {
    const failed = await run("echo no tape >&2; exit 3");
    expect(failed.failure).toBeUndefined();
    expect(failed.value("backup_last_run_ok")).toBe(0);
    expect(failed.inventory?.facts?.message).toBe("no tape");
    expect((await run("true")).failure?.reason).toBe("parse");
    const missing = await service.collect({ type: "script", command: ["no-such-program"] });
    expect(missing.failure?.reason).toBe("missing_tool");
  });
});
