import { isMap, isNode, isScalar, Lexer, LineCounter, parseDocument, visit } from "yaml";
import { messageOf, UnityError } from "../errors";

/** A stranger's file must not keep everybody waiting. */
const MOST_BYTES = 1_048_576;

export type Path = readonly (string | number)[];
export interface ReadYaml {
  readonly content: unknown;
  /** Where something stands, or what it would be a part of. */
  lineOf(path: Path): number | undefined;
}

export function refusedFile(message: string, line?: number): UnityError {
  return new UnityError("invalid", line === undefined ? message : `Line ${line}: ${message}`, { field: "yaml" });
}
export const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** What comes before the text of a scalar, whatever that looks like. */
const SCALAR = "\u001f";
const DEEPEST = 64;

/** The parser takes minutes for what is nested thousands of times. */
function requireShallow(text: string): void {
  let [depth, dashes, isScalarNext] = [0, 0, false];
  for (const token of new Lexer().lex(text)) {
    const isText = isScalarNext;
    isScalarNext = token === SCALAR;
    if (isText) continue;
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    else if (token === "-") dashes += 1;
    else if (token === "\n") dashes = 0;
    if (token === "?" || depth > DEEPEST || dashes > DEEPEST) throw refusedFile("The file is nested too deeply.");
  }
}

/** Data and nothing else: no references, no tags, no name twice. @throws UnityError `invalid` saying where */
export function readYaml(text: string): ReadYaml {
  if (Buffer.byteLength(text) > MOST_BYTES) throw refusedFile("The file is larger than a megabyte.");
  requireShallow(text);
  try {
    const lines = new LineCounter();
    const lineOf = (node: unknown) => (isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined);
    // Names that come twice are looked for below: the parser compares each with each.
    const document = parseDocument(text, {
      uniqueKeys: false,
      merge: false,
      schema: "core",
      lineCounter: lines,
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) throw refusedFile(`The file is not YAML: ${shorten(error.message)}`, lines.linePos(error.pos[0]).line);
    visit(document, {
      Alias(_, alias) {
        const message =
          "The file refers to its own parts (*name), which could make a small one endless. Write them out.";
        throw refusedFile(message, lineOf(alias));
      },
      Map(_, map) {
        const names = new Set<string>();
        for (const { key } of isMap(map) ? map.items : []) {
          const name = isScalar(key) ? String(key.value) : "";
          if (names.has(name)) throw refusedFile(`"${shorten(name)}" is there twice.`, lineOf(key));
          names.add(name);
        }
      },
    });
    return {
      content: document.toJS({ maxAliasCount: 0 }),
      lineOf(path) {
        for (let length = path.length; length > 0; length--) {
          const line = lineOf(document.getIn(path.slice(0, length), true));
          if (line !== undefined) return line;
        }
        return undefined;
      },
    };
  } catch (error) {
    // One that is nested deeper than the stack, for one.
    throw error instanceof UnityError ? error : refusedFile(`The file cannot be read: ${shorten(messageOf(error))}`);
  }
}
