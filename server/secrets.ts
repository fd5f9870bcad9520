import { inspect } from "node:util";

const MASK = "***";

/**
 * A value that must not be printed: text, JSON, `util.inspect`, templates and logs show `***`. Whoever needs the value says so by
 * `reveal()`, which is easy to find.
 */
export class Secret<T = string> {
  // Private to the language, so that no serializer finds it.
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
