import { createHmac, timingSafeEqual } from "node:crypto";
import { UnityError } from "../errors";
import type { People, Person, PersonDraft } from "./people";

/** Until somebody may administer, whoever is allowed to makes that person; nothing else can be reached meanwhile. */
export interface FirstRun {
  /** Nobody may administer yet. */
  isOpen(): Promise<boolean>;
  /** For the log: whoever reads that is allowed to. The same in every process, and after every start. */
  readonly token: string;
  /**
   * @param local the browser runs on this machine, with nothing in between
   * @throws UnityError `conflict` when somebody was faster; `forbidden` naming the field without the right token; `invalid`
   */
  make(
    draft: Omit<PersonDraft, "role" | "tags">,
    given: { token: string | undefined; local: boolean },
  ): Promise<Person>;
}

export function createFirstRun(people: Pick<People, "lacksAdmin" | "create">, secret: string): FirstRun {
  const token = createHmac("sha256", secret).update("the first admin").digest("base64url").slice(0, 24);
  let isOver = false;
  let making: Promise<unknown> = Promise.resolve();

  async function isOpen(): Promise<boolean> {
    // There is always one from then on.
    if (!isOver) isOver = !(await people.lacksAdmin());
    return !isOver;
  }

  async function make(
    draft: Parameters<FirstRun["make"]>[0],
    { token: given, local }: Parameters<FirstRun["make"]>[1],
  ) {
    if (!(await isOpen()))
      throw new UnityError("conflict", "Somebody administers this Unity already. Sign in instead.");
    if (!local && !isSame(given?.trim() ?? "", token))
      throw new UnityError("forbidden", "This is not the setup token that the log of Unity shows.", { field: "token" });
    return people.create({ ...draft, role: "admin", tags: null });
  }

  return {
    isOpen,
    token,
    make(...args) {
      // One after the other: two at once would both find nobody.
      const made = making.then(() => make(...args));
      making = made.catch(() => undefined);
      return made;
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
