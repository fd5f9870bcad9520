import { expect, test } from "vitest";
import type { PersonView } from "@/components/data/outputs";
import { changesRights, formOf, NEW_PERSON, problemOf, rightsOf } from "./person-form";

const person: PersonView = {
  id: "p",
  name: "Vera",
  username: "vera",
  email: null,
  role: "viewer",
  tags: ["media"],
  disabled: false,
  twoFactor: false,
  ways: ["credential"],
  createdAt: 0,
  lastSeenAt: null,
};

test("only a viewer is limited, to tags that are not empty, each once", () => {
  const form = { ...NEW_PERSON, name: " Vera ", limited: true, tags: ["media", " media ", ""] };
  expect(rightsOf(form)).toEqual({ name: "Vera", role: "viewer", tags: ["media"] });
  expect(rightsOf({ ...form, role: "editor" })).toEqual({ name: "Vera", role: "editor", tags: null });
  expect(rightsOf({ ...form, limited: false }).tags).toBeNull();
});

test("without a name somebody is called as they sign in", () => {
  expect(rightsOf({ ...NEW_PERSON, username: "vera" }).name).toBe("vera");
});

test("limited to nothing is said before it is sent", () => {
  expect(problemOf({ ...NEW_PERSON, limited: true })?.field).toBe("tags");
  expect(problemOf(NEW_PERSON)).toBeNull();
});

test("another name ends no session, another role or tag does", () => {
  const form = formOf(person);
  expect(changesRights({ ...form, name: "V" }, person)).toBe(false);
  expect(changesRights({ ...form, tags: ["media", "games"] }, person)).toBe(true);
  expect(changesRights({ ...form, role: "editor" }, person)).toBe(true);
});
