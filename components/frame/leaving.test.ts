import { expect, test } from "vitest";
import { askBeforeLeaving, leave } from "./leaving";

test("goes at once while nobody wants to be asked, and when that is over", () => {
  const gone: string[] = [];
  leave(() => gone.push("first"));
  const held: (() => void)[] = [];
  const end = askBeforeLeaving((go) => held.push(go));
  leave(() => gone.push("second"));
  expect(gone).toEqual(["first"]);
  held[0]?.();
  end();
  leave(() => gone.push("third"));
  expect(gone).toEqual(["first", "second", "third"]);
});
