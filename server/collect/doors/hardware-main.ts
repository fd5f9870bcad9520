/**
 * A program of its own: says in one line of JSON which parts this machine is made of. systeminformation asks dozens of programs,
 * some of them in a way that stops the process.
 */
import { diskLayout, graphics, memLayout } from "systeminformation";
import type { HardwareFacts } from "../../../plugins/sdk/context";

const [memory, cards, disks] = await Promise.all([memLayout(), graphics(), diskLayout()]);
const facts: HardwareFacts = {
  // Without the rights to ask the firmware, one nameless module stands for all memory.
  memory: memory
    .filter(({ bank, type, partNum }) => bank || type || partNum)
    .map(({ bank, size, type, clockSpeed, manufacturer, partNum }) => ({
      slot: bank,
      bytes: size,
      type,
      megahertz: clockSpeed || null,
      maker: manufacturer ?? "",
      part: partNum,
    })),
  graphics: cards.controllers.map(({ model, vendor, vram, driverVersion }) => ({
    model,
    maker: vendor,
    memoryBytes: vram ? vram * 1_048_576 : null,
    driver: driverVersion ?? "",
  })),
  disks: disks.map(({ device, name, vendor, type, interfaceType, size }) => ({
    device,
    model: name,
    maker: vendor,
    type,
    bus: interfaceType,
    bytes: size,
  })),
};
process.stdout.write(JSON.stringify(facts));
