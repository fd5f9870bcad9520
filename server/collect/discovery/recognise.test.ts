import { expect, test } from "vitest";
import type { ServiceTrace } from "../../../plugins/sdk/trace";
import { recognise } from "./recognise";
import { joinServices, type Service } from "./service";
import { testPlugin } from "./test-plugin";

const trace = (rest: Partial<ServiceTrace>): ServiceTrace => ({
  seen: "service",
  ports: [],
  config: ({ place }) => ({ address: place }),
  ...rest,
});
const redis = testPlugin("redis", [trace({ ports: [6_379], process: ["redis-server"], image: ["redis", "valkey/*"] })]);
const caddy = testPlugin("caddy", [trace({ ports: [2_019], process: ["caddy"], onlyPorts: true })]);
const mysql = testPlugin("mysql", [trace({ ports: [3_306], process: ["mysqld"] })]);
const jellyfin = testPlugin("jellyfin", [
  trace({ ports: [8_096], process: ["jellyfin"], answer: { path: "/System" } }),
]);
const web = testPlugin("web", [trace({ ports: [80, 8_096, 8_080], rest: true, answer: { path: "/" } })]);
const tls = testPlugin("tls", [trace({ ports: [443] })]);
const all = [redis, caddy, mysql, jellyfin, web, tls];

let inode = 0;
function serve(port: number, process?: string, pid = 1_000 + port, address = "127.0.0.1") {
  inode += 1;
  const owner = process === undefined ? [] : [[inode, { pid, names: [process], shown: process }] as const];
  return { listener: { address, port, inode }, owner };
}
const join = (seen: ReturnType<typeof serve>[], containers: Parameters<typeof joinServices>[0]["containers"] = []) =>
  joinServices({
    listeners: seen.map(({ listener }) => listener),
    owners: new Map(seen.flatMap(({ owner }) => owner)),
    containers,
    ownPid: 1,
  });

/** What is recognised, and the questions that were asked for it. */
async function see(services: readonly Service[], answers: readonly string[] = []) {
  const asked: string[] = [];
  const found = await recognise(all, services, async ({ plugin, service, trace: { answer } }) => {
    asked.push(`${service.place}${answer?.path}`);
    return answers.includes(`${plugin.id} ${service.port}`);
  });
  return { found: found.map(({ plugin, service, clue }) => `${plugin.id} ${service.place} ${clue}`).sort(), asked };
}

test("a process is known on any port, and by a port alone only where nobody can see whose it is", async () => {
  const { found, asked } = await see(join([serve(7_000, "redis-server"), serve(6_379), serve(3_306, "other")]));
  expect(found).toEqual(["redis 127.0.0.1:6379 port", "redis 127.0.0.1:7000 process"]);
  expect(asked).toEqual([]);
});

test("a process with many ports is one service, on the port that its plugin wants", async () => {
  const ports = [serve(33_060, "mysqld", 5), serve(3_306, "mysqld", 5), serve(3_306, "mysqld", 5, "::1")];
  expect((await see(join(ports))).found).toEqual(["mysql 127.0.0.1:3306 process"]);
  const moved = [serve(33_060, "mysqld", 5), serve(3_307, "mysqld", 5)];
  expect((await see(join(moved))).found).toEqual(["mysql 127.0.0.1:3307 process"]);
  const other = [serve(80, "caddy", 6), serve(2_019, "caddy", 6)];
  // The rest of what it serves is for whoever knows it.
  expect((await see(join(other), ["web 80"])).found).toEqual(["caddy 127.0.0.1:2019 process"]);
});

test("what no process tells is asked, once, and what is left over goes to the plugin for the rest", async () => {
  const services = join([serve(8_096, "dotnet"), serve(8_080, "java"), serve(80, "nginx"), serve(9_999, "node")]);
  const { found, asked } = await see(services, ["jellyfin 8096", "web 8080"]);
  expect(found).toEqual(["jellyfin 127.0.0.1:8096 answer", "web 127.0.0.1:8080 answer"]);
  expect(asked.sort()).toEqual(["127.0.0.1:80/", "127.0.0.1:8080/", "127.0.0.1:8096/System"]);
});

test("nothing is asked at an address that is not this machine's own", async () => {
  const services = join([serve(8_096, "dotnet", 7, "192.168.1.5"), serve(8_080, "java", 8, "0.0.0.0")]);
  expect((await see(services)).asked).toEqual(["127.0.0.1:8080/"]);
});

test("a container is known by its image, by the port inside it, and not by who hands its port on", async () => {
  const container = (name: string, image: string, inside: number, port: number) => ({
    name,
    image,
    images: [image],
    ports: [{ inside, address: "0.0.0.0", port }],
  });
  const services = join(
    [serve(16_379, "docker-proxy", 9, "0.0.0.0"), serve(16_379, "docker-proxy", 10, "::")],
    [container("cache", "redis", 6_379, 16_379), container("own", "mycorp/cache", 6_379, 16_380)],
  );
  const { found } = await see(services);
  expect(found).toEqual(["redis 127.0.0.1:16379 image", "redis 127.0.0.1:16380 port"]);
  expect(services.find(({ port }) => port === 16_379)?.container?.name).toBe("cache");
});

test("a certificate and the server that shows it are two things to watch", async () => {
  expect((await see(join([serve(443, "caddy")]))).found).toEqual(["tls 127.0.0.1:443 port"]);
});
