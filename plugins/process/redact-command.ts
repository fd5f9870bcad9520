import { printable } from "../sdk";
import { isSecretName, isToken } from "./secret-names";

const HIDDEN = "***";
const SHOWN_LENGTH = 300;

/** What the next word is: nothing special, a password, perhaps one, or user and password. */
type Next = "plain" | "secret" | "perhaps" | "login";

/** Short options that take a password in some well-known tool, and something else in others. */
const PASSWORD_LETTER = /^-[paPwW]$/;
const LOGIN_OPTION = /^(-[uU]|--(proxy-)?user)$/;
/** What follows `-p` and is none: a port, a path, another option. */
const HARMLESS = /^([\d.:]{1,11}(\/(tcp|udp))?|[./].*|-.*|)$/;
const SCHEME = /^["']?(bearer|basic)$/i;
/** A word of a line, with the quoted parts in it. */
const WORD = /(?:[^\s"']|"[^"]*"|'[^']*')+|\S+/g;

/**
 * Hides what looks like a secret in a command line and makes one line of it: the value after `--password`, `-p` and the like,
 * behind `token=`, in `user:password@host`, after `Bearer`. It is a guess: a bare word that is a password looks like any other.
 */
export function redactCommand(args: readonly string[]): string {
  const shown: string[] = [];
  let state: Next = "plain";
  for (const arg of args) {
    for (const word of wordsOf(arg, state)) {
      const [text, next] = redactWord(word, state);
      shown.push(text);
      state = next;
    }
  }
  const line = printable(shown.join(" ").trim());
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH - 1)}…` : line;
}

/**
 * A process that changed its title, and a script after -c, have a whole line in one argument. A password may hold spaces: then what
 * follows in the argument is hidden with it.
 */
function wordsOf(arg: string, state: Next): readonly string[] {
  const name = /^([^=:\s]*)[=:]/.exec(arg)?.[1];
  const isOne = !/\s/.test(arg) || state !== "plain" || (name !== undefined && isSecretName(name));
  return isOne ? [arg] : (arg.match(WORD) ?? []);
}

function redactWord(word: string, state: Next): [text: string, next: Next] {
  if (SCHEME.test(word)) return [word, "secret"];
  // `--password --user bob`: an option that was given no value.
  if (state === "secret" && !/^--[a-z]/.test(word)) return [HIDDEN, "plain"];
  if (state === "perhaps" && !HARMLESS.test(word)) return [HIDDEN, "plain"];
  if (state === "login" && /[:%]/.test(word)) return [hideLogin(word), "plain"];
  if (/[=:]/.test(word)) return redactPair(word);
  if (word.startsWith("-") && isSecretName(word)) return [word, "secret"];
  if (LOGIN_OPTION.test(word)) return [word, "login"];
  if (PASSWORD_LETTER.test(word)) return [word, "perhaps"];
  if (isGluedPassword(word)) return [`-p${HIDDEN}`, "plain"];
  return [isToken(word) ? HIDDEN : word, "plain"];
}

/** A name, `=` or `:`, and a value. */
function redactPair(word: string): [text: string, next: Next] {
  const at = word.search(/[=:]/);
  const [name, value] = [word.slice(0, at), word.slice(at + 1)];
  // `Authorization: Bearer x` has its value in the words behind.
  if (isSecretName(name)) return value === "" ? [word, "secret"] : [`${word.slice(0, at + 1)}${HIDDEN}`, "plain"];
  if (LOGIN_OPTION.test(name)) return [`${name}=${hideLogin(value)}`, "plain"];
  if (isGluedPassword(word)) return [`-p${HIDDEN}`, "plain"];
  return [hideInside(word), "plain"];
}

/** As `mysql -phunter2`; `-p8080:80` is a port. */
const isGluedPassword = (word: string) => /^-p[^-]/.test(word) && !HARMLESS.test(word.slice(2));
const hideLogin = (word: string) => word.replace(/[:%].*$/s, (rest) => `${rest[0]}${HIDDEN}`);

/** Passwords in addresses, and secret names among the parts of a query, a list or JSON. */
function hideInside(word: string): string {
  return word
    .replace(/:\/\/([^/@:]{0,100}):[^@]{1,200}@/g, `://$1:${HIDDEN}@`)
    .replace(/:\/\/[^/@:]{16,200}@/g, `://${HIDDEN}@`)
    .split(/([?&;,])/)
    .map((part) => {
      const at = part.search(/[=:]/);
      if (at > 0 && isSecretName(part.slice(0, at))) return `${part.slice(0, at + 1)}${HIDDEN}`;
      return at > 0 && isToken(part.slice(at + 1)) ? `${part.slice(0, at + 1)}${HIDDEN}` : part;
    })
    .join("");
}
