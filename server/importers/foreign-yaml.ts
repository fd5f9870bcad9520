import { parseDocument } from "yaml";
import { UnityError } from "../errors";

const MOST_BYTES = 1_048_576;
/** Other programs' files refer to their own parts; so many times, and no bomb. */
const MOST_ALIASES = 200;

/** Another program's YAML as data, with its references and merges. @throws UnityError `invalid` */
export function readForeignYaml(bytes: Uint8Array): unknown {
  if (bytes.length > MOST_BYTES) throw new UnityError("invalid", "The file is larger than a megabyte.");
  try {
    const document = parseDocument(new TextDecoder().decode(bytes), {
      merge: true,
      schema: "core",
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 200) : "";
    throw new UnityError("invalid", `The file is not YAML that can be read: ${said}`, { cause: error });
  }
}
