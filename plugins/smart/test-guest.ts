import { writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { clearTimeout, setTimeout } from "node:timers";
import type { Service } from "../../scripts/services/service";
import type { ExecAnswer } from "../sdk";
import { makeImage } from "./test-guest-image";

export interface Guest {
  /** Runs a program in the guest. Arguments have no blanks. */
  exec(argv: readonly string[]): Promise<ExecAnswer>;
  /** Sets the bits of the NVMe disk's critical warning. */
  warn(bits: number): Promise<void>;
}

const BOOT_MS = 200_000;
const DISK_BYTES = 67_108_864;

/** A machine in QEMU, by emulation alone, with an ATA and an NVMe disk that both have SMART. */
export async function startGuest(service: Service): Promise<Guest> {
  const { folder } = service;
  const { kernel, initrd } = await makeImage(service);
  const [serial, monitor] = [join(folder, "serial.sock"), join(folder, "monitor.sock")];
  for (const name of ["ata.img", "nvme.img"]) writeFileSync(join(folder, name), Buffer.alloc(DISK_BYTES));
  await service.start(
    "qemu-system-x86_64",
    [
      ...["-accel", "tcg", "-cpu", "max", "-M", "q35", "-m", "512", "-display", "none", "-no-reboot", "-nic", "none"],
      ...["-kernel", kernel, "-initrd", initrd, "-append", "console=ttyS0 quiet panic=1"],
      ...[
        "-serial",
        "stdio",
        "-serial",
        `unix:${serial},server=on,wait=off`,
        "-qmp",
        `unix:${monitor},server=on,wait=off`,
      ],
      ...[
        "-drive",
        `id=d0,file=${folder}/ata.img,format=raw,if=none`,
        "-device",
        "ide-hd,drive=d0,bus=ide.0,serial=QATA1",
      ],
      ...["-drive", `id=d1,file=${folder}/nvme.img,format=raw,if=none`],
      ...["-device", "nvme,id=nvme0,drive=d1,serial=QNVME1"],
    ],
    { ready: () => accepts(serial), stopSignal: "SIGKILL" },
  );
  const line = openLine(serial);
  await line.until((text) => text.includes("ready"), BOOT_MS);
  let last = 0;
  return {
    exec: async (argv) => {
      last += 1;
      const number = last;
      line.send(`${number} ${argv.join(" ")}\n`);
      const text = await line.until((all) => new RegExp(`answer ${number} .*?\\n=end`, "s").test(all), 60_000);
      return parseAnswer(text, number);
    },
    warn: (bits) => setWarning(monitor, bits),
  };
}

function parseAnswer(text: string, number: number): ExecAnswer {
  const [, code, out = "", err = ""] =
    new RegExp(`answer ${number} (\\d+)\\n(.*?)=errors\\n(.*?)=end`, "s").exec(text) ?? [];
  const decode = (part: string) => Buffer.from(part.replace(/\s/g, ""), "base64").toString("utf8");
  return { code: Number(code), stdout: decode(out), stderr: decode(err) };
}

function openLine(path: string) {
  const socket = connect(path);
  let received = "";
  const waiting = new Set<() => void>();
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (text: string) => {
    received += text;
    for (const look of waiting) look();
  });
  return {
    send: (text: string) => void socket.write(text),
    until: (isSo: (text: string) => boolean, withinMs: number) =>
      new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`The guest said only: ${received.slice(-500)}`));
        }, withinMs);
        const look = () => {
          if (!isSo(received)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** QEMU's monitor: the device has a property for it that may be set while it runs. */
async function setWarning(path: string, value: number): Promise<void> {
  const socket = connect(path);
  try {
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    await lines.next();
    await command(socket, lines, { execute: "qmp_capabilities" });
    const set = { path: "/machine/peripheral/nvme0", property: "smart_critical_warning", value };
    await command(socket, lines, { execute: "qom-set", arguments: set });
  } finally {
    socket.destroy();
  }
}

async function command(socket: Socket, lines: AsyncIterator<string>, what: object): Promise<void> {
  socket.write(`${JSON.stringify(what)}\n`);
  // Events may come before the answer.
  for (;;) {
    const { value, done } = await lines.next();
    if (done || /"error"/.test(value)) throw new Error(`QEMU said: ${value}`);
    if (/"return"/.test(value)) return;
  }
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
