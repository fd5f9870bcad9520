import process from "node:process";
import { z } from "zod";
import type { Doors } from "../../../plugins/sdk/context";
import { printable } from "../../../plugins/sdk/printable";

/** A running container of this machine. */
export interface Container {
  readonly name: string;
  /** As it was given: "ghcr.io/linuxserver/jellyfin:10.9". */
  readonly image: string;
  /** What its image may be known by: its name without registry and tag, and its title. */
  readonly images: readonly string[];
  readonly ports: readonly { readonly inside: number; readonly address: string; readonly port: number }[];
}

const MAX_CONTAINERS = 500;
const MAX_BYTES = 4 * 1_024 * 1_024;
const TIMEOUT_MS = 2_000;

/** Docker Engine API, `GET /containers/json`; Podman answers the same. Only what is read stands here. */
const Listed = z.array(
  z.object({
    Names: z.array(z.string()).nullish(),
    Image: z.string().nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    Ports: z
      .array(
        z.object({
          IP: z.string().nullish(),
          PrivatePort: z.number(),
          PublicPort: z.number().nullish(),
          Type: z.string().nullish(),
        }),
      )
      .nullish(),
  }),
);

/** What runs here, as the sockets of Docker and Podman tell where they may be read. None is no fault. */
export async function readContainers(doors: Pick<Doors, "fetch">): Promise<Container[]> {
  const lists = await Promise.all(listSockets().map((socketPath) => readFrom(doors, socketPath)));
  const names = new Set<string>();
  // Two paths may lead to one engine.
  return lists.flat().filter(({ name }) => !names.has(name) && names.add(name));
}

function listSockets(): string[] {
  const user = `/run/user/${process.getuid?.() ?? 0}`;
  return ["/var/run/docker.sock", "/run/podman/podman.sock", `${user}/docker.sock`, `${user}/podman/podman.sock`];
}

async function readFrom(doors: Pick<Doors, "fetch">, socketPath: string): Promise<Container[]> {
  try {
    const options = { socketPath, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, maxRedirects: 0 };
    const { status, body } = await doors.fetch("http://docker/containers/json", options);
    const listed = status === 200 ? Listed.safeParse(JSON.parse(body)) : undefined;
    return listed?.success ? listed.data.slice(0, MAX_CONTAINERS).flatMap(containerOf) : [];
  } catch {
    // Not there, not ours to read, or no engine: then its containers stay unknown.
    return [];
  }
}

function containerOf({ Names, Image, Labels, Ports }: z.output<typeof Listed>[number]): Container[] {
  const labels = Labels ?? {};
  if (labels["unity.ignore"] === "true") return [];
  const image = Image ?? "";
  const title = labels["org.opencontainers.image.title"]?.toLowerCase() ?? "";
  return [
    {
      name: printable((Names?.[0] ?? "").replace(/^\//, "")).slice(0, 100),
      image: printable(image).slice(0, 200),
      images: [nameOfImage(image), title].filter(Boolean),
      ports: (Ports ?? []).flatMap(({ IP, PrivatePort, PublicPort, Type }) =>
        PublicPort && (Type ?? "tcp") === "tcp"
          ? [{ inside: PrivatePort, address: IP || "0.0.0.0", port: PublicPort }]
          : [],
      ),
    },
  ];
}

/** "docker.io/library/redis:7@sha256:..." is "redis", "ghcr.io/linuxserver/jellyfin" is "linuxserver/jellyfin". */
function nameOfImage(image: string): string {
  const [plain = ""] = image.split("@");
  const parts = plain.replace(/:[^:/]*$/, "").split("/");
  // A registry has a dot or a port, or is localhost.
  if (parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? "")) parts.shift();
  return parts
    .join("/")
    .replace(/^library\//, "")
    .toLowerCase();
}
