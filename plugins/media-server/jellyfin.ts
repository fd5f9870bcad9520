import { z } from "zod";
import { openApi, parseAnswer, readPart, readPartEvery } from "../sdk";
import { isPrivateAddress } from "./is-private-address";
import { readJellyfinLibraries } from "./jellyfin-libraries";
import { amount, flag, text } from "./parse";
import { type Context, type Reported, type Server, type Stream, secondsOf } from "./server";

/** Clients that were not active for longer are not connected any more. Seconds. */
const ACTIVE_SECONDS = 960;

const Public = z.object({ ServerName: text, Version: z.string(), ProductName: text, OperatingSystem: text });
const Info = z.object({
  OperatingSystem: text,
  OperatingSystemDisplayName: text,
  HasPendingRestart: flag,
  HasUpdateAvailable: flag,
});
const Transcoding = z.object({
  IsVideoDirect: flag,
  IsAudioDirect: flag,
  Bitrate: amount,
  /** Jellyfin: "none", "vaapi" and so on. */
  HardwareAccelerationType: text,
  /** Emby. */
  VideoEncoderIsHardware: flag,
  VideoCodec: text,
});
const Session = z.object({
  UserName: text,
  Client: text,
  DeviceName: text,
  LastActivityDate: text,
  RemoteEndPoint: text,
  NowPlayingItem: z.object({ Name: text, SeriesName: text, Type: text }).nullish().catch(undefined),
  PlayState: z.object({ IsPaused: flag, PlayMethod: text }).nullish().catch(undefined),
  TranscodingInfo: Transcoding.nullish().catch(undefined),
});
type Session = z.output<typeof Session>;
const Tasks = z.array(
  z.object({
    Name: text,
    Key: text,
    State: text,
    LastExecutionResult: z.object({ Status: text }).nullish().catch(undefined),
  }),
);

/** Jellyfin from 10.8 to 12, and Emby 4, which have one ancestor. They differ in how a key is sent, and where the API begins. */
export async function readJellyfin(context: Context, report: Reported): Promise<Server> {
  const { type, url, token, tls, headers, collectLibraries, libraryIntervalSeconds: seconds } = context.config;
  const isEmby = type === "emby";
  const base = url.replace(/\/+$/, "");
  const open = (more: Record<string, string>) =>
    openApi(context, {
      url: isEmby && !base.endsWith("/emby") ? `${base}/emby` : base,
      tls,
      headers: { ...headers, ...more },
      refusals: { 403: { reason: "permission", hint: "Make an API key as administrator: Dashboard > API keys." } },
    });
  const hello = await open({}).ask("/System/Info/Public");
  const facts = parseAnswer(Public, hello);
  // Jellyfin 12 takes a key in this header only; the older ways are off.
  const api = open(isEmby ? { "x-emby-token": token } : { authorization: `MediaBrowser Token="${token}"` });
  const info = await api.read(Info, "/System/Info");
  const path = `/Sessions?activeWithinSeconds=${ACTIVE_SECONDS}`;
  const sessions = await api.read(z.array(Session), path);
  const tasks = await readPart(context, report, () => api.read(Tasks, "/ScheduledTasks"));
  if (collectLibraries) {
    const scan = tasks?.find(({ Key }) => Key === "RefreshLibrary");
    if (scan) report("media_library_scanning", scan.State === "Idle" ? 0 : 1, { library: "all" });
    await readPartEvery(context, report, { key: "libraries", seconds }, () =>
      readJellyfinLibraries(context, api, report),
    );
  }
  return {
    version: facts.Version,
    platform: info.OperatingSystemDisplayName || info.OperatingSystem || facts.OperatingSystem,
    name: facts.ServerName,
    responseSeconds: secondsOf(hello),
    streams: sessions.flatMap(describeSession),
    sessions: sessions.filter((session) => isActive(session, context.now)).length,
    // Jellyfin leaves updates to the package manager and always says false.
    updateAvailable: isEmby || info.HasUpdateAvailable ? info.HasUpdateAvailable : undefined,
    restartPending: info.HasPendingRestart,
    tasksFailed: tasks
      ?.filter(({ LastExecutionResult }) => LastExecutionResult?.Status === "Failed")
      .map(({ Name }) => Name),
  };
}

/** Emby lists those that have gone as well. */
function isActive({ LastActivityDate }: Session, now: number): boolean {
  const at = Date.parse(LastActivityDate);
  return !Number.isFinite(at) || now - at < ACTIVE_SECONDS * 1_000;
}

/** Only who plays something is a stream. */
function describeSession(session: Session): Stream[] {
  const { NowPlayingItem: item, PlayState: play, TranscodingInfo: transcoding } = session;
  if (!item) return [];
  const method = methodOf(session);
  const isVideo = method === "transcode" && transcoding?.IsVideoDirect === false && transcoding.VideoCodec !== "";
  return [
    {
      state: play?.IsPaused ? "paused" : "playing",
      method,
      videoBy: isVideo ? (usesHardware(transcoding) ? "hardware" : "software") : undefined,
      speed: undefined,
      bitsPerSecond: transcoding?.Bitrate,
      location: isPrivateAddress(session.RemoteEndPoint) ? "lan" : "wan",
      user: session.UserName,
      title: [item.SeriesName, item.Name].filter((part) => part !== "").join(": "),
      device: session.DeviceName || session.Client,
    },
  ];
}

function methodOf({ PlayState, TranscodingInfo }: Session): Stream["method"] {
  switch (PlayState?.PlayMethod) {
    case "Transcode":
      return TranscodingInfo?.IsVideoDirect && TranscodingInfo.IsAudioDirect ? "direct_stream" : "transcode";
    case "DirectStream":
      return "direct_stream";
    default:
      return "direct_play";
  }
}

const usesHardware = ({ HardwareAccelerationType, VideoEncoderIsHardware }: z.output<typeof Transcoding>) =>
  VideoEncoderIsHardware ?? !["", "none"].includes(HardwareAccelerationType.toLowerCase());
