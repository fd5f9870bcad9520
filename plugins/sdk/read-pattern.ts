import {
  assertion,
  CLASSES,
  CONTROLS,
  EDGE,
  foldCase,
  group,
  isNewline,
  isWord,
  not,
  type Part,
  repeat,
  type Test,
} from "./pattern-parts";

/** What the pattern says, as a part that can be added to a machine, and its named group. @throws Error that says what is wrong */
export function readPattern(source: string, flags: string): { part: Part; groupName: string | undefined } {
  const reader = new Reader(source, flags);
  return { part: reader.readAll(), groupName: reader.groupName };
}

class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;
  groupName: string | undefined;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  readAll(): Part {
    const part = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error("has a ) without a (");
    return part;
  }

  #alternatives(): Part {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    return options.reduceRight((second, first) => (add, next) => {
      const [a, b] = [first(add, next), second(add, next)];
      return add({ type: "split", first: a, second: b });
    });
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#peek())) parts.push(this.#repeated());
    return (add, next) => parts.reduceRight((following, part) => part(add, following), next);
  }

  #repeated(): Part {
    const single = this.#atom();
    const counts = this.#counts();
    if (!counts) return single.part;
    if (single.isAssertion) throw new Error("repeats something that has no width");
    const lazy = this.#take("?");
    if (this.#counts()) throw new Error("repeats a repetition; put the inner one in ( )");
    return repeat(single.part, { ...counts, lazy });
  }

  #counts(): { min: number; max: number } | undefined {
    if (this.#take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take("?")) return { min: 0, max: 1 };
    const [whole, low, comma, high] = /^\{(\d{1,4})(,)?(\d{1,4})?\}/.exec(this.#source.slice(this.#at)) ?? [];
    if (whole === undefined || (comma === undefined && high !== undefined)) return undefined;
    this.#at += whole.length;
    const min = Number(low);
    const max = high === undefined ? (comma ? Number.POSITIVE_INFINITY : min) : Number(high);
    if (max < min) throw new Error(`has ${whole} the wrong way round`);
    return { min, max };
  }

  #atom(): { part: Part; isAssertion: boolean } {
    const letter = this.#next();
    switch (letter) {
      case "(":
        return { part: this.#group(), isAssertion: false };
      case "[":
        return this.#char(this.#class());
      case ".":
        return this.#char(this.#flags.includes("s") ? () => true : not(isNewline));
      case "^":
        return assertion((before) => before === EDGE || (this.#flags.includes("m") && isNewline(before)));
      case "$":
        return assertion((_, after) => after === EDGE || (this.#flags.includes("m") && isNewline(after)));
      case "*":
      case "+":
      case "?":
        throw new Error(`has nothing to repeat before ${letter}`);
      case "\\":
        return this.#escape();
      default:
        return this.#char(this.#literal(letter.charCodeAt(0)));
    }
  }

  #group(): Part {
    const named = this.#groupName();
    if (!named && this.#take("?") && !this.#take(":")) throw new Error("looks ahead or behind; use (?: ) or ( )");
    const inner = this.#alternatives();
    if (!this.#take(")")) throw new Error("has a ( without a )");
    return named ? group(inner) : inner;
  }

  #groupName(): boolean {
    const [whole, name] = /^\?<([A-Za-z_]\w{0,39})>/.exec(this.#source.slice(this.#at)) ?? [];
    if (whole === undefined) return false;
    if (this.groupName !== undefined) throw new Error("names more than one group");
    this.groupName = name;
    this.#at += whole.length;
    return true;
  }

  #escape(): { part: Part; isAssertion: boolean } {
    if (this.#take("b")) return assertion((before, after) => isWord(before) !== isWord(after));
    if (this.#take("B")) return assertion((before, after) => isWord(before) === isWord(after));
    const escaped = this.#escaped();
    return this.#char(typeof escaped === "number" ? this.#literal(escaped) : escaped);
  }

  /** After a backslash: one character's code, or a class of them. */
  #escaped(): number | Test {
    const letter = this.#next();
    const named = Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined;
    if (named) return named;
    const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(this.#source.slice(this.#at - 1));
    if (hex) {
      this.#at += hex[0].length - 1;
      return Number.parseInt(hex[1] ?? hex[2] ?? "", 16);
    }
    if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter] ?? 0;
    if (/[A-Za-z0-9]/.test(letter)) throw new Error(`has \\${letter}, which is not known here`);
    return letter.charCodeAt(0);
  }

  #class(): Test {
    const negated = this.#take("^");
    const tests: Test[] = [];
    while (!this.#take("]")) {
      const low = this.#classItem();
      if (typeof low === "number" && this.#peek() === "-" && this.#source[this.#at + 1] !== "]") {
        this.#at += 1;
        const high = this.#classItem();
        if (typeof high !== "number" || high < low) throw new Error("has a range in [ ] the wrong way round");
        tests.push(this.#range(low, high));
      } else tests.push(typeof low === "number" ? this.#literal(low) : low);
    }
    const any: Test = (code) => tests.some((test) => test(code));
    return negated ? not(any) : any;
  }

  #classItem(): number | Test {
    const letter = this.#next();
    if (letter !== "\\") return letter.charCodeAt(0);
    if (this.#take("b")) return 8;
    return this.#escaped();
  }

  #literal(code: number): Test {
    const folded = this.#fold(code);
    return (other) => other === folded;
  }

  /** With the flag i, the text is looked at in lower case, and so must be the pattern. */
  #range(low: number, high: number): Test {
    if (!this.#flags.includes("i")) return (code) => code >= low && code <= high;
    return (code) => {
      const upper = String.fromCharCode(code).toUpperCase().charCodeAt(0);
      return (code >= low && code <= high) || (upper >= low && upper <= high);
    };
  }

  #fold(code: number): number {
    return this.#flags.includes("i") ? foldCase(code) : code;
  }

  #char(test: Test): { part: Part; isAssertion: boolean } {
    return { part: (add, next) => add({ type: "char", test, next }), isAssertion: false };
  }

  #peek(): string {
    return this.#source[this.#at] ?? "";
  }

  #next(): string {
    const letter = this.#peek();
    if (letter === "") throw new Error("ends too early");
    this.#at += 1;
    return letter;
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }
}
