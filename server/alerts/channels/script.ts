import { z } from "zod";
import { cutText } from "../deliver/cut-text";
import { defineChannel } from "./channel";

/** EX_TEMPFAIL of sysexits.h: a script's way to ask for another try. */
const TRY_AGAIN = 75;
const MOST_SAID = 4_000;
/** An environment as a whole has a limit, and every process its own part of it. */
const MOST_VARIABLE = 8_000;

export const script = defineChannel({
  kind: "script",
  title: "Script",
  help: "A program of this machine that is handed each message: for whatever no other channel does.",
  setup: [
    "Put an executable into the scripts folder of Unity's data folder, on each machine that Unity runs on. Only what is there can be run.",
    "Fill in its absolute path here. It runs without a shell and without arguments, as the user that Unity runs as, for at most 10 seconds.",
    "It finds the message as JSON on standard input, and UNITY_ID, UNITY_KIND, UNITY_TITLE, UNITY_TEXT, UNITY_SEVERITY, UNITY_STATE and UNITY_URL in its environment. They are text from outside: never hand them to a shell unquoted.",
    "Exit code 0 is success, 75 asks to be run again later, any other is a failure. What it prints first is kept as its answer.",
  ],
  config: z.object({
    path: z
      .string()
      .trim()
      .max(1_000)
      .regex(/^\/[^\p{Cc}]+$/u, "An absolute path: /…")
      .meta({ title: "Path", placeholder: "/var/lib/unity/scripts/tell-me" }),
    variables: z
      .record(
        z.string().regex(/^(?!UNITY_|LD_)[A-Z][A-Z0-9_]{0,63}$/, "Capital letters, digits and _."),
        z.string().max(MOST_VARIABLE).meta({ secret: true }),
      )
      .default({})
      .meta({ title: "Variables", description: "Added to its environment; secret.", advanced: true }),
  }),
  async send({ path, variables }, message, doors) {
    const { code, stdout, stderr } = await doors.run(path, {
      stdin: `${JSON.stringify(message)}\n`,
      env: {
        ...variables,
        UNITY_ID: message.id,
        UNITY_KIND: message.kind,
        UNITY_TITLE: message.title,
        UNITY_TEXT: cutText(message.text, MOST_VARIABLE),
        UNITY_SEVERITY: message.severity,
        UNITY_STATE: message.state,
        UNITY_URL: message.url ?? "",
      },
    });
    const said = (stdout.trim() || stderr.trim()).slice(0, MOST_SAID);
    const answer = said ? `exit code ${code}: ${said}` : `exit code ${code}`;
    return code === 0 ? { ok: true, answer } : { ok: false, again: code === TRY_AGAIN, answer };
  },
});
