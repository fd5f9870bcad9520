import { toLabel } from "../sdk";
import type { Config } from "./config";

type Named = Pick<Config, "job" | "type" | "repository" | "path" | "command">;

/** What a job is called: as the settings say, or by the last part of where it is. Never an address with its credentials. */
export function nameJob({ job, type, repository, path, command }: Named): string {
  if (job !== undefined) return toLabel(job);
  const place = type === "directory" ? path : type === "script" ? command[0] : repository;
  const [bare = ""] = (place ?? "").split(/[?#]/);
  const plain = bare.replace(/[/:]+$/, "");
  // An address without a path is known by its host: rest:http://nas.lab:8000.
  const [, host] = /:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?$/.exec(plain) ?? [];
  return toLabel(host ?? plain.split(/[/:]/).at(-1) ?? "") || type;
}

/** Where it is, for lists: addresses without user and query. */
export function placeJob({ type, repository, path, command, url }: Named & Pick<Config, "url">): string {
  if (type === "duplicati") return url;
  if (type === "directory") return path ?? "";
  if (type === "script") return command[0] ?? "";
  return (repository ?? "").replace(/:\/\/[^/@]*@/, "://").replace(/\?.*$/, "");
}
