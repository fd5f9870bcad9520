import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["restic", "borg", "duplicati", "directory", "script"] as const;

const text = (max: number) => z.string().trim().min(1).max(max);
const path = () => text(500).regex(/^\/[^\0]*$/, "Begin it with /.");
/** Names that would change which program runs, and not what it is told. */
const DANGEROUS = /^(PATH|IFS|ENV|BASH_ENV|LD_.*|DYLD_.*|NODE_OPTIONS|PYTHON.*)$/;
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "This is no name of a variable.")
  .refine((name) => !DANGEROUS.test(name), "This variable is not passed on.");
/** As in rest:https://user:password@host: a setting that everybody may see must not hold one. */
const CREDENTIALS = /:\/\/[^/\s@]*:[^/\s@]*@/;

export const config = z
  .object({
    type: z.enum(TYPES).meta({
      title: "Kind",
      description: "directory: files that anything else writes, such as rsync or a dump. script: a program that tells.",
    }),
    job: text(200).optional().meta({
      title: "Name of the job",
      description: "Empty: from the repository or folder. Duplicati: only the backup of this name, empty for all.",
    }),
    repository: text(1_000)
      .refine(
        (given) => !CREDENTIALS.test(given),
        "Put an address with a password into the environment, see the README.",
      )
      .optional()
      .meta({
        title: "Repository",
        description: "restic and borg, as on their command lines.",
        placeholder: "/srv/backup, sftp:nas:/backup, ssh://nas/./repo",
      }),
    password: secret()
      .optional()
      .meta({ secret: true, title: "Repository's password", description: "restic and borg." }),
    passwordFile: path().optional().meta({ title: "File with the password", description: "Instead of it." }),
    path: path().optional().meta({ title: "Folder", description: "directory.", placeholder: "/srv/dumps" }),
    pattern: text(200).default("*").meta({
      title: "Files",
      description: "directory: *.sql.gz is a name at any depth, db/*.gz a path below the folder.",
    }),
    layout: z.enum(["files", "tree"]).default("files").meta({
      title: "One backup is",
      description: "directory. files: each file, such as a dump. tree: the whole folder, as rsync keeps it.",
    }),
    minBytes: z
      .int()
      .min(0)
      .default(1)
      .meta({ title: "Smallest backup", description: "directory: less is a failure." }),
    command: z.array(z.string().max(1_000)).max(50).default([]).meta({
      title: "Command",
      description: "script: a program in /usr/local/bin or another system folder, and its arguments.",
      placeholder: "backup-status",
    }),
    url: serviceUrl().default("http://localhost:8200").meta({ title: "Address", description: "Duplicati." }),
    uiPassword: secret()
      .optional()
      .meta({ secret: true, title: "Duplicati's password", description: "Of its web page." }),
    maxAgeSeconds: z
      .int()
      .min(60)
      .default(93_600)
      .meta({ title: "Late after", description: "Warning. 26 h unless said." }),
    criticalAgeSeconds: z
      .int()
      .min(60)
      .default(172_800)
      .meta({ title: "Much too late after", description: "Critical. 2 days unless said." }),
    filters: z
      .object({
        host: text(200).optional().meta({ title: "Host", description: "restic." }),
        tags: z
          .array(text(200))
          .max(20)
          .default([])
          .meta({ title: "Tags", description: "restic: snapshots that have all." }),
        paths: z
          .array(text(500))
          .max(20)
          .default([])
          .meta({ title: "Paths", description: "restic: snapshots of all of these." }),
        globArchives: text(200).optional().meta({ title: "Archives", description: "borg.", placeholder: "nas-*" }),
      })
      .prefault({})
      .meta({ title: "Only some of the repository's snapshots", advanced: true }),
    env: z.record(variable, secret()).default({}).meta({
      title: "Environment",
      description:
        "Access to the repository: AWS_ACCESS_KEY_ID, B2_ACCOUNT_KEY, BORG_RSH, RESTIC_REPOSITORY and the like.",
      advanced: true,
    }),
    cacheFolder: path().optional().meta({
      title: "Cache",
      description: "A folder Unity may write, for restic and borg. Spares remote repositories.",
      placeholder: "/var/cache/unity-backup",
      advanced: true,
    }),
    statsIntervalSeconds: z.int().min(0).default(86_400).meta({
      title: "Sizes every",
      description: "Adding up is costly on big repositories. 0: never.",
      advanced: true,
    }),
    checkIntervalSeconds: z.int().min(0).default(0).meta({
      title: "Check the repository every",
      description: "restic check, or borg check --repository-only for four minutes. 0: never.",
      advanced: true,
    }),
    maxFiles: z
      .int()
      .min(1)
      .max(200_000)
      .default(20_000)
      .meta({ title: "Files at most", description: "directory.", advanced: true }),
    maxItems: z
      .int()
      .min(1)
      .max(500)
      .default(200)
      .meta({ title: "Backups at most", description: "Duplicati.", advanced: true }),
    tls: tlsOptions(),
    headers: headerMap(),
  })
  .superRefine((given, issues) => {
    const tell = (name: string, message: string) => issues.addIssue({ code: "custom", path: [name], message });
    const { type, repository, env } = given;
    if (type === "restic" && !repository && !env.RESTIC_REPOSITORY) tell("repository", "Which repository?");
    if (type === "borg" && !repository && !env.BORG_REPO) tell("repository", "Which repository?");
    if (type === "directory" && !given.path) tell("path", "Which folder?");
    if (type === "script" && !/^[\w.+-]+$/.test(given.command[0] ?? ""))
      tell("command", "Begin with the name of a program, without a folder.");
    if (given.password !== undefined && given.passwordFile !== undefined)
      tell("passwordFile", "Give the password or its file, not both.");
    if (given.criticalAgeSeconds < given.maxAgeSeconds) tell("criticalAgeSeconds", "Much too late comes after late.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
