import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Service } from "../../scripts/services/service";

/** Puts questions to a server, one after the other and each once: a second try would be counted, too. */
async function ask(service: Service, port: number, ...names: string[]): Promise<void> {
  for (const name of names) await service.run("dig", ["@127.0.0.1", "-p", String(port), "+tries=1", "+time=30", name]);
}

describeService("dns", "Unbound", (service) => {
  let port = 0;
  let control = 0;
  const file = (name: string) => join(service.folder, name);
  const settings = () => ({ type: "unbound", probePort: port, probeNames: ["nas.lab.test", "none.lab.test"] });
  const overTls = () => ({
    ...settings(),
    port: control,
    controlKeyPem: readFileSync(file("unbound_control.key"), "utf8"),
    controlCertPem: readFileSync(file("unbound_control.pem"), "utf8"),
    serverCertPem: readFileSync(file("unbound_server.pem"), "utf8"),
  });
  const write = (name: string, dnsPort: number, remote: string) =>
    writeFileSync(
      file(name),
      `server:
  interface: 127.0.0.1@${dnsPort}
  port: ${dnsPort}
  chroot: ""
  username: ""
  directory: "${service.folder}"
  pidfile: ""
  use-syslog: no
  extended-statistics: yes
  module-config: "iterator"
  do-not-query-localhost: no
  local-zone: "lab.test." static
  local-data: "nas.lab.test. A 127.0.0.9"
  local-data: "long.lab.test. TXT ${"x".repeat(200)}"
${Array.from({ length: 20 }, (_, index) => `  local-data: "long.lab.test. TXT ${index}${"y".repeat(200)}"`).join("\n")}
remote-control:
  control-enable: yes
${remote}
`,
    );

  beforeAll(async () => {
    port = await service.port();
    control = await service.port();
    await service.run("unbound-control-setup", ["-d", service.folder]);
    const keys = ["server-key-file: unbound_server.key", "server-cert-file: unbound_server.pem"];
    keys.push("control-key-file: unbound_control.key", "control-cert-file: unbound_control.pem");
    const remote = [`control-interface: 127.0.0.1`, `control-port: ${control}`, "control-use-cert: yes", ...keys];
    write("tls.conf", port, remote.map((line) => `  ${line}`).join("\n"));
    await service.start("unbound", ["-d", "-p", "-c", file("tls.conf")], { port: control });
    service.version(await service.run("unbound", ["-V"]));
    // It listens before it answers.
    await ask(service, port, "nas.lab.test");
  });

  test("counts the questions that were put to it, over TLS", async () => {
    const before = await service.collect(overTls());
    await ask(service, port, "nas.lab.test", "nas.lab.test", "none.lab.test");
    const after = await service.collect(overTls());
    // Three of ours, and two with which the plugin itself asks in each run.
    const grown = (metric: string, labels?: Record<string, string>) =>
      (after.value(metric, labels) ?? 0) - (before.value(metric, labels) ?? 0);
    expect(after.failure).toBeUndefined();
    expect(grown("dns_queries_total")).toBe(5);
    expect(grown("dns_answers_total", { rcode: "NXDOMAIN" })).toBe(2);
    expect(grown("dns_answers_total", { rcode: "NOERROR" })).toBe(3);
    expect(after.value("dns_probe_success", { name: "nas.lab.test" })).toBe(1);
    expect(after.value("dns_probe_success", { name: "none.lab.test" })).toBe(1);
    expect(after.value("dns_probe_duration_seconds", { name: "nas.lab.test" })).toBeGreaterThan(0);
    expect(after.value("dns_uptime_seconds")).toBeGreaterThan(0);
    expect(after.value("dns_unwanted_replies_total")).toBe(0);
    expect(after.labels("dns_info")).toMatchObject({ type: "unbound", version: expect.stringMatching(/^1\.\d+/) });
  });

  test("gets an answer that does not fit into a datagram over TCP", async () => {
    const long = { ...overTls(), probeNames: ["long.lab.test"], probeType: "TXT", probeExpect: `19${"y".repeat(200)}` };
    const seen = await service.collect(long);
    expect(seen.value("dns_probe_success", { name: "long.lab.test" })).toBe(1);
  });

  test("says that TLS is wanted, and that other keys are refused", async () => {
    const plain = await service.collect({ ...settings(), port: control });
    expect(["protocol", "unreachable"]).toContain(plain.failure?.reason);
    await service.run("unbound-control-setup", ["-d", await otherFolder(service)]);
    const read = (name: string) => readFileSync(join(service.folder, "other", name), "utf8");
    const others = { controlKeyPem: read("unbound_control.key"), controlCertPem: read("unbound_control.pem") };
    expect((await service.collect({ ...overTls(), serverCertPem: read("unbound_server.pem") })).failure?.reason).toBe(
      "tls",
    );
    expect(["tls", "unreachable"]).toContain((await service.collect({ ...overTls(), ...others })).failure?.reason);
  });

  test("over its socket; when it is stopped neither statistics nor names are had", async () => {
    const socketPort = await service.port();
    write("socket.conf", socketPort, `  control-interface: ${file("control")}\n  control-use-cert: no`);
    const unbound = await service.start("unbound", ["-d", "-p", "-c", file("socket.conf")], { port: socketPort });
    const config = { ...settings(), socket: file("control"), probePort: socketPort };
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return seen.failure === undefined;
    });
    expect(seen.value("dns_cache_misses_total")).toBe(0);
    await unbound.stop();
    const stopped = await service.collect(config);
    expect(["unreachable", "not_found"]).toContain(stopped.failure?.reason);
    expect(stopped.value("dns_probe_success", { name: "nas.lab.test" })).toBe(0);
  });
});

async function otherFolder(service: Service): Promise<string> {
  const folder = join(service.folder, "other");
  await service.run("mkdir", ["-p", folder]);
  return folder;
}

describeService("dns", "BIND", (service) => {
  let port = 0;
  let statistics = 0;
  const config = () => ({
    type: "bind",
    url: `http://127.0.0.1:${statistics}`,
    probePort: port,
    probeNames: ["nas.lab.test"],
    probeExpect: "127.0.0.9",
  });

  test("counts questions by their answers, and what its cache had", async () => {
    [port, statistics] = [await service.port(), await service.port()];
    const upstream = await service.port();
    writeZone(service);
    writeNamed(service, "upstream", upstream, "recursion no;", zoneOf("lab.test"));
    writeNamed(
      service,
      "named",
      port,
      `recursion yes; dnssec-validation no; forward only; forwarders { 127.0.0.1 port ${upstream}; };`,
      `statistics-channels { inet 127.0.0.1 port ${statistics} allow { 127.0.0.1; }; };`,
    );
    await startNamed(service, "upstream", upstream);
    const named = await startNamed(service, "named", port);
    service.version(await service.run("named", ["-v"]));
    await ask(service, port, "nas.lab.test");
    const before = await service.collect(config());
    await ask(service, port, "nas.lab.test", "nas.lab.test", "none.lab.test", "none.lab.test");
    const after = await service.collect(config());
    const grown = (metric: string, labels?: Record<string, string>) =>
      (after.value(metric, labels) ?? 0) - (before.value(metric, labels) ?? 0);
    expect(after.failure).toBeUndefined();
    expect(grown("dns_queries_total")).toBe(5);
    expect(grown("dns_answers_total", { rcode: "NXDOMAIN" })).toBe(2);
    expect(grown("dns_answers_total", { rcode: "NOERROR" })).toBe(3);
    expect(grown("dns_cache_hits_total")).toBeGreaterThanOrEqual(3);
    expect(after.value("dns_probe_success", { name: "nas.lab.test" })).toBe(1);
    expect(after.value("dns_uptime_seconds")).toBeGreaterThan(0);
    expect(after.labels("dns_info")?.version).toMatch(/^9\./);

    await named.stop();
    const stopped = await service.collect(config());
    expect(stopped.failure?.reason).toBe("unreachable");
    expect(stopped.value("dns_probe_success", { name: "nas.lab.test" })).toBe(0);
  });
});

describeService("dns", "dnsmasq", (service) => {
  test("counts what it had in its cache, and lists its upstream servers", async () => {
    const [port, upstream] = [await service.port(), await service.port()];
    const config = { type: "dnsmasq", port, probeNames: ["nas.lab.test"], probeExpect: "127.0.0.9" };
    const args = [
      "-k",
      "-C",
      "/dev/null",
      "-p",
      String(port),
      "-a",
      "127.0.0.1",
      "-z",
      "-x",
      join(service.folder, "pid"),
    ];
    args.push("--no-resolv", "--no-hosts", "--address=/nas.lab.test/127.0.0.9", `--server=127.0.0.1#${upstream}`);
    const dnsmasq = await service.start("dnsmasq", [...args, "-u", "root"], { port });
    service.version(await service.run("dnsmasq", ["--version"]));
    await ask(service, port, "nas.lab.test");
    const before = await service.collect(config);
    await ask(service, port, "nas.lab.test", "nas.lab.test");
    const after = await service.collect(config);
    expect(after.failure).toBeUndefined();
    expect(after.value("dns_probe_success", { name: "nas.lab.test" })).toBe(1);
    // Two of ours, and the questions of a run: it counts those about itself as well.
    expect(
      (after.value("dns_cache_hits_total") ?? 0) - (before.value("dns_cache_hits_total") ?? 0),
    ).toBeGreaterThanOrEqual(2);
    expect(after.value("dns_queries_total")).toBe(
      (after.value("dns_cache_hits_total") ?? 0) + (after.value("dns_cache_misses_total") ?? 0),
    );
    expect(after.labels("dns_info")).toMatchObject({ type: "dnsmasq", version: expect.stringMatching(/^2\./) });
    expect(after.inventory?.lists?.upstreams).toEqual([{ upstream: `127.0.0.1#${upstream}`, queries: 0, failed: 0 }]);
    expect(after.inventory?.facts?.cacheSize).toBe(150);
    await dnsmasq.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});

describeService("dns", "Resolver probe", (service) => {
  test("tells an answer, an unexpected one, a refusal and silence apart", async () => {
    const port = await service.port();
    writeZone(service);
    writeNamed(service, "named", port, "recursion no;", zoneOf("lab.test"));
    const named = await startNamed(service, "named", port);
    service.version(await service.run("named", ["-v"]));
    await ask(service, port, "nas.lab.test");
    const collect = (rest: Record<string, unknown>) => service.collect({ type: "resolver", port, ...rest });
    const names = ["nas.lab.test", "none.lab.test", "elsewhere.test"];
    const seen = await collect({ probeNames: names });
    expect(seen.failure).toBeUndefined();
    expect(names.map((name) => seen.value("dns_probe_success", { name }))).toEqual([1, 1, 0]);
    const expected = async (probeType: string, name: string, probeExpect: string) =>
      (await collect({ probeNames: [name], probeType, probeExpect })).value("dns_probe_success");
    expect(await expected("A", "nas.lab.test", "127.0.0.9")).toBe(1);
    expect(await expected("A", "nas.lab.test", "127.0.0.8")).toBe(0);
    expect(await expected("MX", "lab.test", "10 mail.lab.test.")).toBe(1);
    expect(await expected("TXT", "lab.test", "v=spf1")).toBe(1);
    expect(await expected("AAAA", "nas.lab.test", "fd00::9")).toBe(1);
    expect(await expected("NS", "lab.test", "NS.lab.test")).toBe(1);
    expect(await expected("SRV", "_sip._tcp.lab.test", "1 2 5060 nas.lab.test")).toBe(1);
    expect(await expected("SOA", "lab.test", "ns.lab.test root.lab.test 1")).toBe(1);
    expect(await expected("CNAME", "www.lab.test", "nas.lab.test")).toBe(1);
    expect(await expected("PTR", "9.lab.test", "nas.lab.test")).toBe(1);

    named.kill("SIGSTOP");
    const silent = await collect({ probeNames: ["nas.lab.test"] });
    expect(silent.failure?.reason).toBe("timeout");
    expect(silent.value("dns_probe_success")).toBe(0);
    named.kill("SIGCONT");
    await named.stop();
    expect((await collect({ probeNames: ["nas.lab.test"] })).failure?.reason).toBe("unreachable");
  });
});

const zoneOf = (zone: string) => `zone "${zone}" { type primary; file "${zone}.zone"; };`;

function writeZone(service: Service): void {
  const records = ["@ IN SOA ns root 1 60 60 60 60", "@ IN NS ns", "@ IN MX 10 mail", '@ IN TXT "v=spf1 -all"'];
  records.push("ns IN A 127.0.0.1", "nas IN A 127.0.0.9", "nas IN AAAA fd00::9", "www IN CNAME nas", "9 IN PTR nas");
  records.push("mail IN A 127.0.0.8", "_sip._tcp IN SRV 1 2 5060 nas");
  writeFileSync(join(service.folder, "lab.test.zone"), `$TTL 60\n${records.join("\n")}\n`);
}

function writeNamed(service: Service, name: string, port: number, options: string, rest: string): void {
  const own = `pid-file "${join(service.folder, `${name}.pid`)}"; session-keyfile "${join(service.folder, `${name}.key`)}";`;
  const listen = `listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`;
  writeFileSync(
    join(service.folder, `${name}.conf`),
    `options { directory "${service.folder}"; ${own} ${listen} ${options} };\ncontrols {};\n${rest}\n`,
  );
}

function startNamed(service: Service, name: string, port: number) {
  return service.start("named", ["-g", "-c", join(service.folder, `${name}.conf`), "-u", "root"], {
    port,
    // It listens before it knows its zones, and "running" stands in its first line as well.
    ready: /all zones loaded/,
  });
}
