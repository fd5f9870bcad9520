import { appendFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";

const quiet = { fail2ban: "off" } as const;

/** A line as rsyslog writes it, at this moment. */
const line = (program: string, message: string) =>
  `${new Date().toISOString().replace("Z", "+00:00")} nas ${program}: ${message}\n`;

describeService("auth", "auth.log", (service) => {
  let port = 0;
  let log = "";
  let taken = 0;
  let output = () => "";
  beforeAll(async () => {
    port = await service.port();
    log = join(service.folder, "auth.log");
    writeFileSync(log, line("sshd[1]", "Failed password for root from 203.0.113.1 port 1 ssh2"));
    const at = (name: string) => join(service.folder, name);
    for (const key of ["host", "client"])
      await service.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at(key)]);
    const settings = [`Port ${port}`, "ListenAddress 127.0.0.1", `HostKey ${at("host")}`, "PidFile none"];
    settings.push("UsePAM no", "StrictModes no", "PermitRootLogin yes", `AuthorizedKeysFile ${at("client.pub")}`);
    writeFileSync(at("sshd_config"), `${settings.join("\n")}\n`);
    // It wants this folder to give up its rights in.
    mkdirSync("/run/sshd", { recursive: true });
    const sshd = await service.start("/usr/sbin/sshd", ["-D", "-e", "-f", at("sshd_config")], { port });
    output = sshd.output;
    service.version(await service.run("sh", ["-c", "ssh -V 2>&1"]));
  });

  /** sshd says on its output what syslog would get, line by line; the last one may not be whole yet. */
  function passOn() {
    const said = output().slice(0, output().lastIndexOf("\n") + 1);
    const lines = said
      .slice(taken)
      .split(/\r?\n/)
      .filter((text) => text !== "");
    taken = said.length;
    appendFileSync(log, lines.map((text) => line("sshd[42]", text)).join(""));
    return said;
  }
  const ssh = ["ssh", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
  const tryLogin = async (user: string, options: readonly string[]) => {
    const command = ["-p", "wrong", ...ssh, ...options, "-p", String(port), "-l", user, "127.0.0.1", "true"];
    await service.run("sshpass", command).catch(() => "refused, as it should be");
  };
  const byPassword = ["-o", "PubkeyAuthentication=no", "-o", "NumberOfPasswordPrompts=1"];

  test("counts wrong passwords, users that do not exist and refused keys once each, and the login after them", async () => {
    const memory = service.memory();
    const config = { ...quiet, source: "file", logFiles: [log] };
    const first = await service.collect(config, { memory });
    expect(first.value("auth_attempts_total", { result: "failed" })).toBe(0);
    await tryLogin("root", byPassword);
    await tryLogin("root", byPassword);
    await tryLogin("nobody there from 198.51.100.1 port 22 ssh2", byPassword);
    await tryLogin("root", [
      "-o",
      "PreferredAuthentications=publickey",
      "-o",
      "BatchMode=yes",
      "-i",
      join(service.folder, "host"),
    ]);
    // Not the one that only asked whether the port answers: it names no user.
    const ended = /Connection (?:closed|reset) by (?:authenticating|invalid) user .*\[preauth\]/g;
    await service.until(() => (passOn().match(ended) ?? []).length === 4);
    const failed = await service.collect(config, { memory });
    expect(failed.value("auth_attempts_total", { result: "failed", method: "password" })).toBe(3);
    expect(failed.value("auth_invalid_user_total", { service: "ssh" })).toBe(1);
    expect(failed.value("auth_failures_window", { service: "ssh" })).toBe(4);
    expect(failed.value("auth_failure_sources")).toBe(1);
    expect(failed.value("auth_top_source_failures", { source: "127.0.0.1" })).toBe(4);
    expect(failed.value("auth_top_user_failures", { user: "root" })).toBe(3);
    expect(failed.value("auth_success_after_failures_total")).toBe(0);
    await tryLogin("root", byPassword);
    await tryLogin("root", ["-o", "BatchMode=yes", "-i", join(service.folder, "client")]);
    await service.until(() => passOn().includes("Accepted publickey"));
    const after = await service.collect(config, { memory });
    expect(after.value("auth_attempts_total", { result: "accepted", method: "publickey" })).toBe(1);
    expect(after.value("auth_success_after_failures_total")).toBe(1);
    expect(after.value("auth_root_logins_total")).toBe(1);
    expect(after.value("auth_success_new_source_total")).toBe(1);
    expect(after.failure).toBeUndefined();
  });

  test("a log that is not there is not found, and not readable", async () => {
    const seen = await service.collect({ ...quiet, source: "file", logFiles: [join(service.folder, "none")] });
    expect(seen.failure?.reason).toBe("not_found");
    expect(seen.value("auth_source_readable")).toBe(0);
  });
});

describeService("auth", "journald", (service) => {
  let folder = "";
  let entries = 0;
  beforeAll(async () => {
    folder = join(service.folder, "journal");
    mkdirSync(folder);
    service.version(await service.run("journalctl", ["--version"]));
  });
  async function write(...told: readonly Readonly<Record<string, string>>[]): Promise<void> {
    const text = told.map((fields) => {
      entries += 1;
      const head = {
        __REALTIME_TIMESTAMP: Date.now() * 1_000 + entries,
        __MONOTONIC_TIMESTAMP: entries,
        _BOOT_ID: "1".repeat(32),
      };
      return Object.entries({ ...head, ...fields })
        .map(([name, value]) => `${name}=${value}\n`)
        .join("");
    });
    const file = join(service.folder, `${entries}.export`);
    writeFileSync(file, text.join("\n"));
    await service.run("/lib/systemd/systemd-journal-remote", ["-o", join(folder, `${entries}.journal`), file]);
  }

  test("reads what programs log as authentication, and what the units of SSH say", async () => {
    const failed = "Failed password for root from 203.0.113.7 port 51234 ssh2";
    const sshd = { SYSLOG_IDENTIFIER: "sshd-session", SYSLOG_FACILITY: "4", PRIORITY: "6", MESSAGE: failed };
    await write(sshd);
    const memory = service.memory();
    const config = { ...quiet, source: "journal", journalDirectory: folder };
    expect((await service.collect(config, { memory })).value("auth_failures_window")).toBe(0);
    await write(
      sshd,
      { SYSLOG_IDENTIFIER: "sshd", _SYSTEMD_UNIT: "ssh.service", MESSAGE: failed.replace("root", "anna") },
      {
        SYSLOG_IDENTIFIER: "sudo",
        SYSLOG_FACILITY: "10",
        MESSAGE: "ben : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh",
      },
      { SYSLOG_IDENTIFIER: "sshd", SYSLOG_FACILITY: "3", MESSAGE: failed.replace("root", "another facility") },
    );
    const seen = await service.collect(config, { memory });
    expect(seen.value("auth_attempts_total", { result: "failed", method: "password" })).toBe(2);
    expect(seen.value("auth_sudo_total", { user: "ben", result: "denied" })).toBe(0);
    const next = await service.collect(config, { memory });
    expect(next.value("auth_sudo_total", { user: "ben", result: "denied" })).toBe(1);
    expect(next.value("auth_attempts_total", { result: "failed", method: "password" })).toBe(2);
  });
});

describeService("auth", "fail2ban", (service) => {
  let log = "";
  let socket = "";
  let stop: () => Promise<void> = async () => {};
  const config = () => ({ source: "file", logFiles: [log], fail2ban: "on", fail2banSocket: socket });
  beforeAll(async () => {
    log = join(service.folder, "auth.log");
    socket = join(service.folder, "fail2ban.sock");
    writeFileSync(log, "");
    for (const name of ["filter.d", "action.d"])
      cpSync(`/etc/fail2ban/${name}`, join(service.folder, name), { recursive: true });
    writeFileSync(
      join(service.folder, "fail2ban.conf"),
      `[Definition]\nloglevel = INFO\nlogtarget = STDOUT\nsyslogsocket = auto\nsocket = ${socket}\npidfile = ${service.folder}/pid\ndbfile = None\ndbpurgeage = 1d\n`,
    );
    writeFileSync(
      join(service.folder, "jail.conf"),
      `[DEFAULT]\nbantime = 600\nfindtime = 600\nmaxretry = 3\nbackend = polling\nusedns = no\n[sshd]\nenabled = true\nfilter = sshd\nlogpath = ${log}\naction =\n`,
    );
    const server = await service.start(
      "fail2ban-server",
      ["-c", service.folder, "-s", socket, "-p", join(service.folder, "pid"), "-f", "start"],
      {
        ready: () => service.run("fail2ban-client", ["-s", socket, "status", "sshd"]).then(() => true),
      },
    );
    stop = server.stop;
    service.version(await service.run("fail2ban-client", ["--version"]));
  });

  test("sees a ban that the log's lines caused", async () => {
    const before = await service.collect(config());
    expect(before.partial).toEqual([]);
    expect(before.value("auth_bans_active", { jail: "sshd" })).toBe(0);
    for (const port of [1, 2, 3, 4])
      appendFileSync(log, line("sshd[42]", `Failed password for root from 203.0.113.9 port ${port} ssh2`));
    let after = await service.collect(config());
    await service.until(async () => {
      after = await service.collect(config());
      return after.value("auth_bans_active", { jail: "sshd" }) === 1;
    });
    expect(after.value("auth_bans_total", { jail: "sshd" })).toBe(1);
    expect(after.value("auth_ban_failures", { jail: "sshd" })).toBeDefined();
    expect(after.inventory?.lists?.bans).toEqual([{ jail: "sshd", address: "203.0.113.9" }]);
  });

  test("a stopped fail2ban is unreachable, and the log is read all the same", async () => {
    await stop();
    const seen = await service.collect(config());
    expect(seen.partial.map(({ reason }) => reason)).toEqual(["unreachable"]);
    expect(seen.value("auth_source_readable")).toBe(1);
  });
});

describeService("auth", "wtmp", (service) => {
  test("counts who is logged in, by SSH and on the machine itself", async () => {
    const file = join(service.folder, "utmp");
    const entry = (line: string, from: string) =>
      `[7] [01000] [~~  ] [anna    ] [${line.padEnd(12)}] [${from.padEnd(20)}] [0.0.0.0        ] [2026-11-26T07:00:00,000000+00:00]\n`;
    const input = entry("pts/0", "192.0.2.1") + entry("pts/1", "nas.lab") + entry("tty1", "") + entry("pts/2", ":0");
    await service.run("sh", ["-c", `utmpdump -r > '${file}'`], { input });
    const log = join(service.folder, "auth.log");
    writeFileSync(log, "");
    const seen = await service.collect({ ...quiet, source: "file", logFiles: [log], utmpFile: file });
    expect(seen.value("auth_sessions", { service: "ssh" })).toBe(2);
    expect(seen.value("auth_sessions", { service: "local" })).toBe(2);
    service.version(await service.run("who", ["--version"]));
  });
});

describeService("auth", "CrowdSec", (service) => {
  let port = 0;
  let log = "";
  const at = (name: string) => join(service.folder, name);
  const tool = (name: string) => join(service.unpacked("crowdsec"), "usr/bin", name);
  const cscli = (...args: string[]) =>
    service.run(tool("cscli"), ["-c", at("config.yaml"), ...args], { cwd: service.folder });
  beforeAll(async () => {
    port = await service.port();
    log = at("auth.log");
    writeFileSync(log, "");
    for (const name of ["data", "hub", "notifications"]) mkdirSync(at(name));
    const url = `http://127.0.0.1:${port}`;
    writeFileSync(
      at("config.yaml"),
      `common: {daemonize: false, log_media: stdout, log_level: info, working_dir: ${service.folder}}
config_paths: {config_dir: ${service.folder}, data_dir: ${at("data")}, hub_dir: ${at("hub")}, index_path: ${at("hub/.index.json")}, simulation_path: ${at("simulation.yaml")}, notification_dir: ${at("notifications")}, plugin_dir: ${at("plugins")}}
cscli: {output: human}
db_config: {type: sqlite, db_path: ${at("data/crowdsec.db")}, use_wal: true}
api: {client: {credentials_path: ${at("local.yaml")}}, server: {listen_uri: 127.0.0.1:${port}, profiles_path: ${at("profiles.yaml")}, log_level: info}}
prometheus: {enabled: false}
`,
    );
    writeFileSync(
      at("profiles.yaml"),
      "name: p\nfilters:\n - Alert.Remediation == true\ndecisions:\n - type: ban\n   duration: 4h\n",
    );
    writeFileSync(at("simulation.yaml"), "simulation: false\n");
    writeFileSync(at("hub/.index.json"), "{}");
    writeFileSync(at("local.yaml"), `url: ${url}\n`);
    await cscli("machines", "add", "test", "--password", "test-password", "-f", at("local.yaml"), "-u", url);
    await cscli("bouncers", "add", "unity", "-k", "test-bouncer-key");
    await service.start(tool("crowdsec"), ["-c", at("config.yaml"), "-no-cs"], { port });
    service.version(await service.run("sh", ["-c", `'${tool("crowdsec")}' -version 2>&1 | grep version`]));
  });
  const config = (crowdsecApiKey: string) => ({
    ...{ ...quiet, source: "file", logFiles: [log] },
    ...{ crowdsecUrl: `http://127.0.0.1:${port}`, crowdsecApiKey },
  });

  test("counts the bans of this machine", async () => {
    expect((await service.collect(config("test-bouncer-key"))).value("auth_bans_active", { jail: "crowdsec" })).toBe(0);
    await cscli("decisions", "add", "--ip", "203.0.113.9");
    await cscli("decisions", "add", "--range", "198.51.100.0/24");
    await cscli("decisions", "add", "--ip", "203.0.113.10", "--type", "captcha");
    const seen = await service.collect(config("test-bouncer-key"));
    expect(seen.value("auth_bans_active", { jail: "crowdsec" })).toBe(2);
    expect(seen.partial).toEqual([]);
  });

  test("a wrong key is auth", async () => {
    expect((await service.collect(config("wrong-key"))).partial.map(({ reason }) => reason)).toEqual(["auth"]);
  });
});
