import { readFileSync } from "node:fs";

/**
 * Loaded before a Unity (`node --import`), in each of its threads: its clock goes as always, but shows another time. By how many
 * milliseconds, stands in the file that TEST_CLOCK_FILE names and is read again all the time, so that a test can set it.
 */
const file = process.env.TEST_CLOCK_FILE ?? "";
const SystemDate = Date;
let aheadMs = 0;

function read() {
  aheadMs = Number(readFileSync(file, "utf8"));
}

globalThis.Date = class extends SystemDate {
  // Own ones: Next copies what the constructor has itself.
  static UTC = SystemDate.UTC;
  static parse = SystemDate.parse;
  constructor(...given) {
    if (given.length === 0) super(SystemDate.now() + aheadMs);
    else super(...given);
  }
  static now() {
    return SystemDate.now() + aheadMs;
  }
};
read();
setInterval(read, 50).unref();
