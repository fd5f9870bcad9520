import { type CollectContext, CollectError, type Conversation, toLabel } from "../sdk";
import { parseBatteryDate } from "./battery-date";
import { type Config, placeOf, portOf } from "./config";
import { parseNumber, parsePercent } from "./parse-number";
import type { Read } from "./read-nut";
import type { Flags, Ups } from "./state";

/** A status has some sixty lines of eighty characters. Whatever is longer is another protocol. */
const MAX_FRAME_BYTES = 1_024;
const MAX_FRAMES = 500;

type Lines = ReadonlyMap<string, string>;

/** Asks apcupsd's network information server (NIS) for its status: frames of a 16-bit length and a text; an empty one ends. */
export async function readApcupsd(context: CollectContext<Config>): Promise<Read> {
  const place = placeOf(context.config);
  const stream = await context.connect({ transport: "tcp", host: context.config.host, port: portOf(context.config) });
  try {
    await stream.write(frameOf("status"));
    const lines = parseLines(await readFrames(stream, place));
    if (!lines.has("STATUS")) throw notApcupsd(place);
    return {
      server: toLabel(`apcupsd ${lines.get("VERSION") ?? lines.get("RELEASE") ?? ""}`.trim()),
      upses: [describeUps(lines)],
      truncated: false,
    };
  } finally {
    stream.close();
  }
}

function frameOf(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return Uint8Array.from([bytes.length >> 8, bytes.length & 0xff, ...bytes]);
}

async function readFrames(stream: Conversation, place: string): Promise<string> {
  const decoder = new TextDecoder("utf-8");
  let text = "";
  for (let count = 0; count < MAX_FRAMES; count += 1) {
    const [high = 0, low = 0] = await stream.read(2);
    const length = high * 256 + low;
    if (length === 0) return text;
    if (length > MAX_FRAME_BYTES) throw notApcupsd(place);
    text += `${decoder.decode(await stream.read(length))}\n`;
  }
  throw notApcupsd(place);
}

/** `KEY      : value`, a line each. The value may hold colons. */
function parseLines(text: string): Lines {
  const lines = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) lines.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return lines;
}

function describeUps(lines: Lines): Ups {
  const text = (...keys: string[]) => toLabel(keys.map((key) => lines.get(key)).find(isTold) ?? "");
  const number = (key: string) => parseNumber(lines.get(key));
  const status = text("STATUS");
  const isHeard = !/\bCOMMLOST\b/.test(status);
  const minutes = number("TIMELEFT");
  const name = text("UPSNAME", "HOSTNAME") || "ups";
  const facts = {
    description: "",
    manufacturer: "",
    model: text("MODEL", "APCMODEL"),
    serial: text("SERIALNO"),
    firmware: text("FIRMWARE"),
    driver: text("DRIVER"),
    testResult: text("SELFTEST"),
    lastTransfer: text("LASTXFER"),
    alarm: "",
  };
  // What is left in the status is what was true when the UPS was last heard.
  if (!isHeard) return { name, isHeard, status, facts };
  return {
    name,
    isHeard,
    status,
    flags: readFlags(status),
    chargeRatio: parsePercent(lines.get("BCHARGE")),
    runtimeSeconds: minutes === undefined ? undefined : minutes * 60,
    batteryVolts: number("BATTV"),
    batteryDate: parseBatteryDate(lines.get("BATTDATE")),
    loadRatio: parsePercent(lines.get("LOADPCT")),
    nominalWatts: number("NOMPOWER"),
    inputVolts: number("LINEV"),
    outputVolts: number("OUTPUTV"),
    inputHertz: number("LINEFREQ"),
    celsius: number("ITEMP"),
    transfers: number("NUMXFERS"),
    onBatterySeconds: number("CUMONBATT"),
    testPassed: judgeTest(facts.testResult),
    facts,
  };
}

function readFlags(status: string): Flags {
  const has = (word: string) => new RegExp(`\\b${word}\\b`).test(status);
  return {
    onLine: has("ONLINE"),
    onBattery: has("ONBATT"),
    lowBattery: has("LOWBATT"),
    replaceBattery: has("REPLACEBATT"),
    overloaded: has("OVERLOAD"),
    forcedShutdown: has("SHUTTING DOWN"),
  };
}

/** OK passed, NG and BT failed, WN passed with a warning, IP runs, NO was never made. */
function judgeTest(result: string): boolean | undefined {
  const [word] = result.split(/\s/);
  if (word === "OK") return true;
  return word === "NG" || word === "BT" || word === "WN" ? false : undefined;
}

const isTold = (value: string | undefined) => value !== undefined && value !== "" && value !== "N/A";

const notApcupsd = (place: string) =>
  new CollectError("protocol", `${place} does not speak apcupsd's protocol.`, {
    hint: "Check the port (3551), NETSERVER on in apcupsd.conf, and whether the server is apcupsd or NUT.",
  });
