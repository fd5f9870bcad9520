import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import type { Service } from "../../scripts/services/service";

/** For tests only: two machines in network namespaces of their own, with a WireGuard tunnel between them. */
export async function connectPair(service: Pick<Service, "folder" | "run" | "start">, prefix: string) {
  const id = `${prefix}${pid % 100_000}`;
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, { stdio: ["ignore", "pipe", "pipe"] })
      .toString()
      .trim();
  const inside = (space: string, ...words: string[]) => run("ip", "netns", "exec", space, ...words);
  const make = async (side: "a" | "b", address: string) => {
    const key = join(service.folder, `${side}.key`);
    writeFileSync(key, await service.run("wg", ["genkey"]), { mode: 0o600 });
    const publicKey = (await service.run("sh", ["-c", `wg pubkey < '${key}'`])).trim();
    return { name: `wgu${id}${side}`, space: `unity-wg-${id}-${side}`, key, publicKey, address };
  };
  const a = await make("a", "1");
  const b = await make("b", "2");
  const spaces = [a, b].map(({ space }) => space);
  for (const space of spaces) run("ip", "netns", "add", space);
  const remove = () => {
    for (const space of spaces) run("ip", "netns", "del", space);
  };
  try {
    run("ip", "link", "add", `vu${id}a`, "type", "veth", "peer", "name", `vu${id}b`);
    for (const [side, own] of [
      ["a", a],
      ["b", b],
    ] as const) {
      run("ip", "link", "set", `vu${id}${side}`, "netns", own.space);
      inside(own.space, "ip", "addr", "add", `10.99.0.${own.address}/24`, "dev", `vu${id}${side}`);
      for (const device of ["lo", `vu${id}${side}`]) inside(own.space, "ip", "link", "set", device, "up");
      const socket = `/var/run/wireguard/${own.name}.sock`;
      await service.start("ip", ["netns", "exec", own.space, "wireguard-go", own.name], {
        env: { WG_PROCESS_FOREGROUND: "1" },
        socket,
      });
    }
    const presharedKey = (await service.run("wg", ["genpsk"])).trim();
    const psk = join(service.folder, "psk");
    writeFileSync(psk, presharedKey, { mode: 0o600 });
    const strangerKey = (await service.run("sh", ["-c", "wg genkey | wg pubkey"])).trim();
    for (const [own, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const peer = ["peer", other.publicKey, "preshared-key", psk, "allowed-ips", `10.98.0.${other.address}/32`];
      const where = ["endpoint", `10.99.0.${other.address}:51820`, "persistent-keepalive", "5"];
      inside(own.space, "wg", "set", own.name, "listen-port", "51820", "private-key", own.key, ...peer, ...where);
      inside(own.space, "ip", "addr", "add", `10.98.0.${own.address}/24`, "dev", own.name);
      inside(own.space, "ip", "link", "set", own.name, "up");
    }
    inside(a.space, "wg", "set", a.name, "peer", strangerKey, "allowed-ips", "10.98.0.9/32");
    return {
      ...{ a, b, presharedKey, strangerKey, remove },
      /** Sends so many bytes through the tunnel, to nobody. */
      send: (bytes: number) =>
        inside(
          a.space,
          "bash",
          "-c",
          `for i in $(seq ${Math.ceil(bytes / 1_000)}); do head -c 1000 /dev/zero > /dev/udp/10.98.0.2/9; done`,
        ),
    };
  } catch (error) {
    remove();
    throw error;
  }
}
