import { z } from "zod";
import { secret, tlsOptions } from "../sdk";

const port = () => z.int().min(1).max(65_535).optional();
/** It goes into addresses and into a protocol's fields. */
const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "No control characters.");

export const config = z
  .object({
    game: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{2,40}$/, "Lower case letters, digits and hyphens.")
      .default("minecraft")
      .meta({
        title: "Game",
        description:
          "minecraft, mbe (Bedrock), valheim, rust, palworld, satisfactory, teamspeak3 and 350 more; protocol-valve or protocol-quake3 for others of their kind; tcp for anything.",
        placeholder: "minecraft",
      }),
    host: z
      .string()
      .trim()
      .regex(
        /^(?=.{1,255}$)[\p{L}\p{N}_][\p{L}\p{N}_.-]*$|^\[?[0-9a-fA-F:.]{2,45}(%[\w.-]+)?\]?$/u,
        "A name or an address.",
      )
      .meta({ title: "Host", placeholder: "games.lab" }),
    port: port().meta({ title: "Port", description: "That players connect to. Empty: the game's usual one." }),
    queryPort: port().meta({
      title: "Query port",
      description: "Where it answers questions, if it is not found from the other.",
      advanced: true,
    }),
    username: plain(200).optional().meta({ title: "User", description: "Palworld: admin.", advanced: true }),
    password: secret().max(500).optional().meta({
      secret: true,
      title: "Password",
      description: "Palworld: the AdminPassword of its settings.",
      advanced: true,
    }),
    token: secret().max(4_000).optional().meta({
      secret: true,
      title: "Token",
      description: "Satisfactory, Terraria (tShock), Farming Simulator.",
      advanced: true,
    }),
    playerNames: z
      .boolean()
      .default(false)
      .meta({ title: "Names of players", description: "Who plays is kept as long as other samples are." }),
    probeTimeoutMs: z
      .int()
      .min(100)
      .max(10_000)
      .default(3_000)
      .meta({ title: "Time-out of an answer", advanced: true }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Players listed at most", advanced: true }),
    tls: tlsOptions(),
  })
  .superRefine(({ game, port, queryPort, password }, issues) => {
    const tell = (path: string, message: string) => issues.addIssue({ code: "custom", message, path: [path] });
    if (game === "palworld" && password === undefined)
      tell("password", "Palworld tells nothing without the AdminPassword of its settings.");
    if (game === "tcp" && port === undefined && queryPort === undefined) tell("port", "Name the port to connect to.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
