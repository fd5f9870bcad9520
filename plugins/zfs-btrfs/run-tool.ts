import { type CollectContext, CollectError, type ExecAnswer, type Reason } from "../sdk";
import type { Config } from "./config";

const PACKAGES: Readonly<Record<string, string>> = {
  zpool: "zfsutils-linux",
  zfs: "zfsutils-linux",
  btrfs: "btrfs-progs",
};

/** zpool waits in the kernel for a pool that hangs, and cannot be ended then: it is left alone for a while. */
const LEAVE_ALONE_MS = 300_000;
const TOOL_MS = 15_000;

const REFUSALS: readonly (readonly [RegExp, Reason, string])[] = [
  [
    /permission denied|not permitted|must be run as root/i,
    "permission",
    "Switch sudo on in the settings, and add the lines of the README to /etc/sudoers.d/unity.",
  ],
  [
    /modules are not loaded|daemon is running|\/dev\/zfs/i,
    "not_found",
    "Load the module (modprobe zfs), or choose btrfs in the settings.",
  ],
  [
    /no such pool|cannot open|not a btrfs|no such file|does not exist/i,
    "not_found",
    "Check the names in the settings.",
  ],
];

/**
 * Runs one of the tools. An exit code of 2 is ZFS's word for arguments that it does not know, and is handed back.
 * @throws CollectError, also for the other exit codes
 */
export async function runStorageTool(
  context: CollectContext<Config>,
  tool: "zpool" | "zfs" | "btrfs",
  args: readonly string[],
): Promise<ExecAnswer> {
  const hung = context.memory.recall<boolean>(`hung:${tool}`);
  if (hung?.value && context.now - hung.at < LEAVE_ALONE_MS)
    throw new CollectError("timeout", `${tool} hung at the last run and is left alone for five minutes.`);
  try {
    const answer = await context.exec(tool, args, {
      package: PACKAGES[tool],
      sudo: context.config.useSudo,
      timeoutMs: TOOL_MS,
    });
    if (answer.code !== 0 && !(answer.code === 2 && tool !== "btrfs")) throw refusal(tool, answer);
    if (hung?.value) context.memory.keep(`hung:${tool}`, false);
    return answer;
  } catch (error) {
    if (error instanceof CollectError && error.reason === "timeout") context.memory.keep(`hung:${tool}`, true);
    throw error;
  }
}

/** Whether a machine's tools print exact numbers is found out anew after so long: they may be upgraded. Seconds. */
const EXACT_SECONDS = 86_400;

/** The rows of a list, with exact numbers where the tool can print them (`-p`): zfs-fuse and ZFS before 2014 cannot. */
export async function listRows(
  context: CollectContext<Config>,
  tool: "zpool" | "zfs",
  options: { readonly exact: readonly string[]; readonly plain: readonly string[] },
): Promise<string[][]> {
  const { memory } = context;
  if (memory.due(`exact:${tool}`, EXACT_SECONDS)) memory.keep(`plain:${tool}`, false);
  let answer: ExecAnswer | undefined;
  if (memory.recall<boolean>(`plain:${tool}`)?.value !== true)
    answer = await runStorageTool(context, tool, ["list", "-Hp", ...options.exact]);
  if (!answer || answer.code === 2) {
    memory.keep(`plain:${tool}`, true);
    answer = await runStorageTool(context, tool, ["list", "-H", ...options.plain]);
  }
  return answer.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

function refusal(tool: string, { code, stdout, stderr }: ExecAnswer): CollectError {
  const said = `${stderr}\n${stdout}`.trim().split("\n").slice(0, 3).join(" ").replace(/\s+/g, " ").slice(0, 300);
  const known = REFUSALS.find(([pattern]) => pattern.test(said));
  return new CollectError(known?.[1] ?? "protocol", `${tool} ended with code ${code}: ${said || "no word"}`, {
    hint: known?.[2],
  });
}
