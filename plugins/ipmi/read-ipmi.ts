import { type CollectContext, CollectError, type ExecAnswer, type Report, readPart, toLabel } from "../sdk";
import type { Bmc, Identity, Sensor } from "./bmc";
import { type Config, isLocal } from "./config";
import { askBmc, type Context, failureOf, tryBmc } from "./ipmitool";
import type { metrics } from "./metrics";
import { nameSensors } from "./name-sensors";
import { parseChassis, parseDcmi, parseFields, parseSupplies } from "./parse-ipmi";
import { parseLimits, parseSensors } from "./parse-sensors";
import { probeBmc } from "./probe-bmc";
import { readSel } from "./read-sel";

type Reported = Report<typeof metrics>;

/** What does not change, or is slow to ask for. */
const SELDOM_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
/** The power supplies' sensor type. */
const POWER_SUPPLY = "0x08";
const NOT_SUPPORTED = /invalid command|not supported|insufficient privilege|dcmi request failed/i;

/** One command after the other: a BMC is a small computer, and answers one at a time. */
export async function readIpmi(given: CollectContext<Config>, report: Reported): Promise<Bmc> {
  const context = { ...given, address: await findAddress(given) };
  const { isOn, faults } = parseChassis(await askBmc(context, ["chassis", "status"]));
  if (isOn === undefined && Object.keys(faults).length === 0)
    throw new CollectError("parse", "ipmitool told of the chassis in words that are not known.");
  const listed = await readPart(context, report, async () =>
    parseSensors(await askBmc(context, ["-c", "sdr", "elist", "full"])),
  );
  const supplies = await readPart(context, report, async () =>
    parseSupplies(await askBmc(context, ["sdr", "type", POWER_SUPPLY])),
  );
  const sel = context.config.sel ? await readPart(context, report, () => readSel(context)) : undefined;
  const systemWatts = await readPart(context, report, () => readPower(context));
  const identity = await readIdentity(context);
  const sensors = listed && nameSensors(listed, context.config.sensorsExclude);
  const limits = await readLimits(context);
  return {
    isOn,
    faults,
    sensors: sensors?.map((sensor) => withLimit(sensor, limits)),
    supplies: nameSensors(supplies ?? [], context.config.sensorsExclude),
    systemWatts,
    log: sel?.log,
    events: sel?.events ?? [],
    health: [],
    identity,
    truncated: false,
  };
}

/** "" for the machine's own. @throws CollectError when no BMC is there */
async function findAddress(context: CollectContext<Config>): Promise<string> {
  const { host = "" } = context.config;
  if (isLocal(context.config)) return "";
  await probeBmc(context);
  const [first] = await context.lookup(host);
  return first?.address ?? host;
}

/** Not every board knows DCMI; one that does not is asked again the next day. */
async function readPower(context: Context): Promise<number | undefined> {
  const lacks = context.memory.recall<boolean>("noDcmi");
  if (lacks && context.now - lacks.at < DAY_SECONDS * 1_000) return undefined;
  const answer = await tryBmc(context, ["dcmi", "power", "reading"]);
  const watts = parseDcmi(answer.stdout);
  if (watts !== undefined) return watts;
  if (answer.code !== 0 && !NOT_SUPPORTED.test(answer.stdout + answer.stderr)) throw failureOf(context, answer);
  context.memory.keep("noDcmi", true);
  return undefined;
}

/** What the controller and the inventory in the board's memory say. Some boards have neither. */
async function readIdentity(context: Context): Promise<Identity | undefined> {
  const known = context.memory.recall<Identity>("identity")?.value;
  if (!context.memory.due("identity", SELDOM_SECONDS)) return known;
  const controller = await unlessItFails(context, ["mc", "info"]);
  if (controller?.code !== 0) return known;
  const board = await unlessItFails(context, ["fru", "print", "0"]);
  const fields = parseFields(controller.stdout);
  const inventory = parseFields(board?.stdout ?? "");
  const first = (...texts: (string | undefined)[]) =>
    toLabel(texts.find((text) => text !== undefined && text !== "" && !/^unknown/i.test(text)) ?? "");
  const identity = {
    manufacturer: first(
      inventory.get("Product Manufacturer"),
      inventory.get("Board Mfg"),
      fields.get("Manufacturer Name"),
    ),
    product: first(inventory.get("Product Name"), inventory.get("Board Product"), fields.get("Product Name")),
    firmware: first(fields.get("Firmware Revision")),
    serial: first(inventory.get("Product Serial"), inventory.get("Chassis Serial"), inventory.get("Board Serial")),
  };
  context.memory.keep("identity", identity satisfies Identity);
  return identity;
}

type Limits = readonly { readonly name: string; readonly celsius: number }[];

/** They take a question for each sensor, so a slow board may not be done; then there are none. */
async function readLimits(context: Context): Promise<Limits> {
  if (context.memory.due("limits", SELDOM_SECONDS)) {
    const answer = await unlessItFails(context, ["-c", "sensor"]);
    if (answer?.code === 0) context.memory.keep("limits", nameSensors(parseLimits(answer.stdout), []));
  }
  return context.memory.recall<Limits>("limits")?.value ?? [];
}

/** For what is good to have: a board that is too slow for it is none the worse. */
async function unlessItFails(context: Context, command: readonly string[]): Promise<ExecAnswer | undefined> {
  try {
    return await tryBmc(context, command);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    context.log.debug("the BMC did not answer", { command, reason: error.reason });
    return undefined;
  }
}

function withLimit(sensor: Sensor, limits: Limits): Sensor {
  const criticalCelsius = limits.find(({ name }) => name === sensor.name)?.celsius;
  return sensor.quantity === "temperature" && criticalCelsius !== undefined ? { ...sensor, criticalCelsius } : sensor;
}
