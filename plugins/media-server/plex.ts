import { z } from "zod";
import { type HttpApi, openApi, parseAnswer, readPart } from "../sdk";
import { amount, flag, text } from "./parse";
import { readPlexLibraries } from "./plex-libraries";
import { type Context, type Reported, type Server, type Stream, secondsOf } from "./server";

const Identity = z.object({ MediaContainer: z.object({ version: z.string() }) });
const Root = z.object({ MediaContainer: z.object({ friendlyName: text, platform: text }) });
const Transcode = z.object({
  videoDecision: text,
  audioDecision: text,
  speed: amount,
  throttled: flag,
  transcodeHwEncoding: text,
});
const Session = z.object({
  title: text,
  grandparentTitle: text,
  User: z.object({ title: text }).nullish().catch(undefined),
  Player: z.object({ title: text, product: text, state: text, local: flag }).nullish().catch(undefined),
  Session: z.object({ bandwidth: amount, location: text }).nullish().catch(undefined),
  TranscodeSession: Transcode.nullish().catch(undefined),
});
type Session = z.output<typeof Session>;
const Sessions = z.object({ MediaContainer: z.object({ Metadata: z.array(Session).nullish() }) });
const Updater = z.object({ MediaContainer: z.object({ Release: z.array(z.unknown()).nullish() }) });

/** Plex Media Server. Its answers are XML unless JSON is asked for; the list of a container is missing when it is empty. */
export async function readPlex(context: Context, report: Reported): Promise<Server> {
  const { url, token, tls, headers, collectLibraries } = context.config;
  const open = (more: Record<string, string>) =>
    openApi(context, {
      url,
      tls,
      headers: { ...headers, ...more },
      refusals: {
        401: { reason: "auth" },
        403: { reason: "permission", hint: "Use the token of the server's owner: guests may not ask for this." },
      },
    });
  // Who it is, Plex tells everybody: that needs no token, and is told apart from a token that is not taken.
  const hello = await open({}).ask("/identity");
  const { version } = parseAnswer(Identity, hello).MediaContainer;
  const api = open({ "x-plex-token": token });
  const { friendlyName, platform } = (await api.read(Root, "/")).MediaContainer;
  const sessions = await api.read(Sessions, "/status/sessions");
  const updateAvailable = await readPart(context, report, () => readUpdate(api));
  if (collectLibraries) await readPlexLibraries(context, api, report);
  return {
    // 1.41.0.8992-8463ad060: the commit at its end says nothing to people.
    version: version.replace(/-[0-9a-f]+$/, ""),
    platform,
    name: friendlyName,
    responseSeconds: secondsOf(hello),
    streams: (sessions.MediaContainer.Metadata ?? []).map(describeSession),
    updateAvailable,
  };
}

/** Where the system's packages update Plex, there is no updater. */
async function readUpdate(api: HttpApi): Promise<boolean | undefined> {
  const answer = await api.ask("/updater/status", { accept: [404] });
  if (answer.status === 404) return undefined;
  return (parseAnswer(Updater, answer).MediaContainer.Release ?? []).length > 0;
}

function describeSession(one: Session): Stream {
  const { TranscodeSession: transcode, Session: session, Player: player } = one;
  const isVideo = transcode?.videoDecision === "transcode";
  return {
    state: player?.state === "paused" ? "paused" : "playing",
    method: methodOf(transcode ?? undefined),
    videoBy: isVideo ? (transcode.transcodeHwEncoding === "" ? "software" : "hardware") : undefined,
    speed: transcode && !transcode.throttled ? transcode.speed : undefined,
    bitsPerSecond: session?.bandwidth === undefined ? undefined : session.bandwidth * 1_000,
    location: session?.location === "wan" || (!session?.location && player?.local === false) ? "wan" : "lan",
    user: one.User?.title ?? "",
    title: [one.grandparentTitle, one.title].filter((part) => part !== "").join(": "),
    device: player?.title || player?.product || "",
  };
}

/** A direct play has no transcode session; one that only copies puts the same streams into another container. */
function methodOf(transcode: z.output<typeof Transcode> | undefined): Stream["method"] {
  if (!transcode) return "direct_play";
  return [transcode.videoDecision, transcode.audioDecision].includes("transcode") ? "transcode" : "direct_stream";
}
