import type { Answer } from "./answer";
import type { Health } from "./disk";
import { readAta } from "./read-ata";
import { readNvme } from "./read-nvme";
import { readScsi } from "./read-scsi";

/** Nothing in use is colder or hotter. 0 K, which some bridges give for "unknown", is far outside. */
const COLDEST = -40;
const HOTTEST = 150;

/** What all kinds of disks tell in one way, and what each tells in its own. */
export function readHealth(answer: Answer): Health {
  const celsius = answer.temperature?.current;
  return {
    ...readOwn(answer),
    passed: answer.smart_status?.passed,
    celsius: celsius !== undefined && celsius > COLDEST && celsius < HOTTEST ? celsius : undefined,
    powerOnHours: answer.power_on_time?.hours,
    powerCycles: answer.power_cycle_count,
  };
}

function readOwn(answer: Answer): Health {
  switch (answer.device?.protocol) {
    case "NVMe":
      return readNvme(answer);
    case "SCSI":
      return readScsi(answer);
    default:
      return readAta(answer);
  }
}
