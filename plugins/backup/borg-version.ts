import { CollectError, toLabel } from "../sdk";
import { askBorg, borgFailure } from "./borg";
import type { Context } from "./run-tool";

const DAY_SECONDS = 86_400;

/** borg 2 has other verbs. Asked once a day. */
export async function borgVersion(context: Context): Promise<{ text: string; major: number }> {
  const known = context.memory.recall<string>("version")?.value;
  const text = known !== undefined && !context.memory.due("version", DAY_SECONDS) ? known : await ask(context);
  return { text, major: Number(/^borg (\d+)/.exec(text)?.[1] ?? Number.NaN) };
}

async function ask(context: Context): Promise<string> {
  const answer = await askBorg(context, ["--version"]);
  if (answer.code !== 0) throw borgFailure(context, answer);
  const text = toLabel(answer.stdout.trim());
  if (!/^borg \d/.test(text))
    throw new CollectError("unsupported_version", `borg --version says: ${text.slice(0, 100)}`);
  context.memory.keep("version", text);
  context.memory.due("version", DAY_SECONDS);
  return text;
}
