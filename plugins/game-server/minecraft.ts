import { z } from "zod";
import { CollectError, type Conversation, parseAddress } from "../sdk";
import { bareHost, placeOf } from "./place";
import type { Context } from "./query";
import { resolveService } from "./query-gamedig";
import type { Snapshot } from "./snapshot";
import { decodeVarint, encodeVarint, readVarint } from "./varint";

const PORT = 25_565;
/** A status has an icon of 64 by 64 pixels and a list of mods. */
const MAX_STATUS_BYTES = 512 * 1_024;
/** Any server answers a status to a version it does not know; -1 is for those who only ask. */
const ASKING_VERSION = 0xffffffff;
const STATUS = 1;
/** Given back in the answer; nobody looks at it. */
const PAYLOAD = Uint8Array.of(0, 0, 0, 0, 0x75, 0x6e, 0x69, 0x74);

type Text = string | { readonly text?: string; readonly extra?: readonly Text[]; readonly translate?: string };
const Text: z.ZodType<Text> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({
      text: z.string().optional(),
      translate: z.string().optional(),
      extra: z.array(Text).max(200).optional(),
    }),
  ]),
);
const Status = z.object({
  version: z.object({ name: z.string().catch("") }).catch({ name: "" }),
  players: z
    .object({
      max: z.coerce.number().int().nonnegative(),
      online: z.coerce.number().int().nonnegative(),
      // Some servers write advertisements here, in whatever shape.
      sample: z.array(z.object({ name: z.string() }).catch({ name: "" })).catch([]),
    })
    // Left out by servers that hide them.
    .optional()
    .catch(undefined),
  description: z.union([Text, z.array(Text)]).catch(""),
});

/** Minecraft: Java Edition by its Server List Ping (wiki.vg), as the game's own list of servers asks. @throws CollectError */
export async function queryMinecraft(context: Context): Promise<Snapshot> {
  const { config } = context;
  const { host, port } = await findServer(context);
  const where = placeOf({ host, port, queryPort: undefined });
  const conversation = await context.connect({ transport: "tcp", host, port, timeoutMs: config.probeTimeoutMs });
  try {
    await conversation.write(packet(0, handshake(bareHost(config), port), packet(0)));
    const { version, players, description } = await readStatus(conversation, where);
    const names = (players?.sample ?? []).map(({ name }) => name).filter((name) => name !== "");
    return {
      name: plainText(description),
      version: version.name,
      map: "",
      players: players?.online,
      playersMax: players?.max,
      latencyMs: await ping(context, conversation),
      playerNames: names,
    };
  } finally {
    conversation.close();
  }
}

/** Without a port, a name may lead to another server and port by an SRV record, as players' games follow it. */
async function findServer(context: Context): Promise<{ host: string; port: number }> {
  const { port = context.config.queryPort } = context.config;
  const host = bareHost(context.config);
  if (port !== undefined) return { host, port };
  if (parseAddress(host)) return { host, port: PORT };
  const found = await resolveService(context, "_minecraft._tcp", host);
  return found ?? { host, port: PORT };
}

function handshake(host: string, port: number): Uint8Array {
  const name = new TextEncoder().encode(host);
  return join(encodeVarint(ASKING_VERSION), encodeVarint(name.length), name, [port >> 8, port & 0xff], [STATUS]);
}

/** @param after packets that follow at once */
function packet(id: number, data: Uint8Array = new Uint8Array(), after: Uint8Array = new Uint8Array()): Uint8Array {
  const body = join(encodeVarint(id), data);
  return join(encodeVarint(body.length), body, after);
}

const join = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

async function readStatus(conversation: Conversation, where: string): Promise<z.output<typeof Status>> {
  const strange = (cause?: unknown) =>
    new CollectError("protocol", `${where} does not speak Minecraft's protocol.`, { cause });
  const length = await readVarint(conversation, where);
  if (length < 3 || length > MAX_STATUS_BYTES) throw strange();
  const body = await conversation.read(length);
  const id = decodeVarint(body);
  const size = id && decodeVarint(body.subarray(id.length));
  if (id?.value !== 0 || !size || id.length + size.length + size.value > length) throw strange();
  const begin = id.length + size.length;
  const text = new TextDecoder().decode(body.subarray(begin, begin + size.value));
  try {
    return Status.parse(JSON.parse(text));
  } catch (error) {
    throw new CollectError("parse", `${where} answered with a status in an unknown shape.`, { cause: error });
  }
}

/** Proxies and old servers hang up instead; then the time to connect must do. */
async function ping({ signal }: Context, conversation: Conversation): Promise<number> {
  const before = conversation.waitedMs;
  try {
    await conversation.write(packet(1, PAYLOAD));
    await conversation.read(1);
    return conversation.waitedMs - before;
  } catch (error) {
    if (signal.aborted || !(error instanceof CollectError)) throw error;
    return conversation.connectMs;
  }
}

/** A text with its parts, without colours. */
function plainText(description: Text | readonly Text[]): string {
  const all = (text: Text): string =>
    typeof text === "string"
      ? text
      : `${text.text ?? text.translate ?? ""}${(text.extra ?? []).map((part) => all(part)).join("")}`;
  const texts: readonly Text[] = Array.isArray(description) ? description : [description as Text];
  return texts
    .map(all)
    .join("")
    .replace(/\u00a7./g, "")
    .replace(/\s+/g, " ")
    .trim();
}
