import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { createNamespace } from "./test-namespace";

type Namespace = ReturnType<typeof createNamespace>;
const nameOf = (kind: string) => `unity-fw-${kind}-${process.pid}`;

describeService("firewall", "nftables", (service) => {
  let space: Namespace;
  let toolFolders: readonly string[] = [];
  beforeAll(async () => {
    space = createNamespace(nameOf("nft"));
    toolFolders = [service.wrap("nft", space.script("/usr/sbin/nft"))];
    service.version(await service.run("nft", ["--version"]));
  });
  afterAll(() => space.remove());
  const load = (rules: string) => {
    const file = join(service.folder, "rules.nft");
    writeFileSync(file, rules);
    space.run("nft", "-f", file);
  };
  const collect = (options = {}) => service.collect({ type: "nftables" }, { toolFolders, ...options });

  test("is off without rules, and on with a policy", async () => {
    expect((await collect()).value("firewall_active")).toBe(0);
    load("table inet filter {\n chain input {\n type filter hook input priority 0; policy drop;\n }\n}\n");
    const seen = await collect();
    expect(seen.value("firewall_active")).toBe(1);
    expect(seen.labels("firewall_default_policy")).toEqual({ chain: "inet filter input", policy: "drop" });
    space.run("nft", "flush", "ruleset");
  });

  test("counts the packets that a rule dropped, and notices that the rules have changed", async () => {
    const memory = service.memory();
    const rules = [
      "counter smtp {\n }",
      "set many {\n type ipv4_addr; flags interval; elements = { 192.0.2.0/24 }\n }",
      "chain input {\n type filter hook input priority 0; policy accept;\n tcp dport 25 counter name smtp\n tcp dport 25 counter reject with tcp reset\n tcp dport 26 counter drop\n ip saddr @many counter drop\n }",
    ];
    load(`table inet filter {\n ${rules.join("\n ")}\n}\n`);
    const before = await collect({ memory });
    expect(before.value("firewall_packets_total", { verdict: "drop" })).toBe(0);
    expect(before.value("firewall_rules", { table_or_chain: "inet filter input" })).toBe(4);
    space.knock(25);
    space.knock(26);
    const after = await collect({ memory });
    expect(after.value("firewall_packets_total", { verdict: "reject" })).toBe(1);
    expect(after.value("firewall_packets_total", { verdict: "drop" })).toBeGreaterThanOrEqual(1);
    expect(after.value("firewall_bytes_total", { verdict: "drop" })).toBeGreaterThanOrEqual(40);
    expect(after.value("firewall_counter_packets_total", { counter: "filter smtp" })).toBe(1);
    expect(after.value("firewall_rules_changed")).toBe(0);
    space.run("nft", "add", "rule", "inet", "filter", "input", "tcp", "dport", "27", "accept");
    const changed = await collect({ memory });
    expect(changed.value("firewall_rules_changed")).toBe(1);
    expect(changed.value("firewall_ruleset_hash_changed_timestamp_seconds")).toBeGreaterThan(1_700_000_000);
    space.run("nft", "flush", "ruleset");
  });

  test("a list of a hundred thousand addresses is not read", async () => {
    const addresses = Array.from(
      { length: 100_000 },
      (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    );
    load(
      `table ip big {\n set many {\n type ipv4_addr\n elements = { ${addresses.join(",")} }\n }\n chain input {\n type filter hook input priority 0; policy accept;\n ip saddr @many counter drop\n }\n}\n`,
    );
    const seen = await collect();
    expect(seen.failure).toBeUndefined();
    expect(seen.value("firewall_active")).toBe(1);
    space.run("nft", "flush", "ruleset");
  });

  test("without root's rights it is permission", async () => {
    const script = 'exec setpriv --reuid 65534 --clear-groups /usr/sbin/nft "$@"';
    const folder = join(service.wrap("nft", space.script("/usr/sbin/nft")), "..", "nobody");
    cpSync(service.wrap("nft-as-nobody", script), folder, { recursive: true });
    cpSync(join(folder, "nft-as-nobody"), join(folder, "nft"));
    expect((await service.collect({ type: "nftables" }, { toolFolders: [folder, "/usr/bin"] })).failure?.reason).toBe(
      "permission",
    );
  });
});

describeService("firewall", "iptables", (service) => {
  let space: Namespace;
  let toolFolders: readonly string[] = [];
  beforeAll(async () => {
    space = createNamespace(nameOf("ipt"));
    for (const tool of ["iptables-save", "ip6tables-save"])
      toolFolders = [service.wrap(tool, space.script(`/usr/sbin/${tool}`))];
    service.version(await service.run("iptables", ["--version"]));
  });
  afterAll(() => space.remove());

  test("counts what rules and the policy dropped, for both families", async () => {
    const config = { type: "iptables" };
    expect((await service.collect(config, { toolFolders })).value("firewall_active")).toBe(0);
    space.run(
      "iptables",
      "-A",
      "INPUT",
      "-p",
      "tcp",
      "--dport",
      "25",
      "-m",
      "comment",
      "--comment",
      "not -j ACCEPT",
      "-j",
      "REJECT",
    );
    space.run("iptables", "-A", "INPUT", "-p", "tcp", "--dport", "26", "-j", "RETURN");
    space.run("iptables", "-P", "INPUT", "DROP");
    space.run("ip6tables", "-A", "INPUT", "-j", "DROP");
    space.knock(25);
    space.knock(26);
    const seen = await service.collect(config, { toolFolders });
    expect(seen.value("firewall_active")).toBe(1);
    expect(seen.value("firewall_rules", { table_or_chain: "ip filter INPUT" })).toBe(2);
    expect(seen.value("firewall_packets_total", { chain: "ip filter INPUT", verdict: "reject" })).toBe(1);
    expect(seen.value("firewall_packets_total", { chain: "ip filter INPUT", verdict: "drop" })).toBeGreaterThanOrEqual(
      1,
    );
    expect(seen.value("firewall_rules", { table_or_chain: "ip6 filter INPUT" })).toBe(1);
    expect(seen.labels("firewall_default_policy", { chain: "ip filter INPUT" })?.policy).toBe("drop");
  });
});

describeService("firewall", "ufw", (service) => {
  let space: Namespace;
  let toolFolders: readonly string[] = [];
  let ufw = "";
  beforeAll(async () => {
    space = createNamespace(nameOf("ufw"));
    // ufw writes what it is told into /etc/ufw: it gets a copy, in a view of the files of its own.
    const etc = join(service.folder, "etc-ufw");
    cpSync("/etc/ufw", etc, { recursive: true });
    ufw = `exec unshare -m sh -c 'mount --bind ${etc} /etc/ufw && exec ip netns exec ${space.name} /usr/sbin/ufw "$@"' ufw "$@"`;
    toolFolders = [service.wrap("ufw", ufw)];
    service.wrap("nft", space.script("/usr/sbin/nft"));
    for (const tool of ["iptables-save", "ip6tables-save"]) service.wrap(tool, space.script(`/usr/sbin/${tool}`));
    service.version(await service.run("ufw", ["version"]));
  });
  afterAll(() => space.remove());
  const tell = (...words: readonly string[]) => service.run("sh", ["-c", ufw, "ufw", ...words]);

  test("sees it switched on with its rules, and off again; auto finds it", async () => {
    expect((await service.collect({ type: "ufw" }, { toolFolders })).value("firewall_active")).toBe(0);
    await tell("allow", "22/tcp");
    await tell("deny", "from", "192.0.2.0/24");
    await tell("--force", "enable");
    const on = await service.collect({}, { toolFolders });
    expect(on.inventory?.facts?.firewall).toBe("ufw");
    expect(on.value("firewall_active")).toBe(1);
    expect(on.value("firewall_default_policy", { chain: "incoming", policy: "deny" })).toBe(1);
    expect(on.value("firewall_rules", { table_or_chain: "ufw" })).toBe(3);
    expect(on.value("firewall_rules", { table_or_chain: "ip filter ufw-user-input" })).toBeGreaterThanOrEqual(2);
    await tell("disable");
    expect((await service.collect({ type: "ufw" }, { toolFolders })).value("firewall_active")).toBe(0);
  });
});

describeService("firewall", "firewalld", (service) => {
  let space: Namespace;
  let toolFolders: readonly string[] = [];
  let env: Record<string, string> = {};
  let stop: () => Promise<void> = async () => {};
  const at = (name: string) => join(service.folder, name);
  beforeAll(async () => {
    space = createNamespace(nameOf("fwd"));
    env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${at("bus")}` };
    writeFileSync(
      at("bus.conf"),
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${at("bus")}</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_destination="*" eavesdrop="true"/><allow receive_type="method_call"/><allow receive_type="method_return"/>
<allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>`,
    );
    cpSync("/etc/firewalld", at("etc"), { recursive: true });
    toolFolders = [
      service.wrap(
        "firewall-cmd",
        `export DBUS_SYSTEM_BUS_ADDRESS=${env.DBUS_SYSTEM_BUS_ADDRESS}\nexec /usr/bin/firewall-cmd "$@"`,
      ),
    ];
    service.wrap("nft", space.script("/usr/sbin/nft"));
    await service.start("dbus-daemon", [`--config-file=${at("bus.conf")}`, "--nofork", "--nopidfile"], {
      socket: at("bus"),
    });
    const words = ["netns", "exec", space.name, "firewalld", "--nofork", "--nopid", "--system-config", at("etc")];
    const daemon = await service.start("ip", words, {
      env,
      ready: () => service.run("firewall-cmd", ["--state"], { env }).then(() => true),
    });
    stop = daemon.stop;
    service.version(`firewalld ${await service.run("firewall-cmd", ["--version"], { env })}`);
  });
  afterAll(() => space.remove());

  test("sees a zone in use with its rules, and that firewalld was stopped", async () => {
    for (const word of [
      "--add-interface=lo",
      "--add-port=8443/tcp",
      "--add-rich-rule=rule family=ipv4 source address=192.0.2.0/24 drop",
    ])
      await service.run("firewall-cmd", ["--zone=dmz", word], { env });
    const on = await service.collect({}, { toolFolders });
    expect(on.inventory?.facts?.firewall).toBe("firewalld");
    expect(on.value("firewall_active")).toBe(1);
    expect(on.value("firewall_rules", { table_or_chain: "dmz" })).toBe(3);
    expect(on.value("firewall_default_policy", { chain: "dmz", policy: "default" })).toBe(1);
    expect(on.value("firewall_rules", { table_or_chain: "inet firewalld filter_INPUT" })).toBeGreaterThan(3);
    expect(on.labels("firewall_info")?.type).toBe("firewalld");
    await stop();
    await service.until(
      async () => (await service.collect({ type: "firewalld" }, { toolFolders })).value("firewall_active") === 0,
    );
  });
});
