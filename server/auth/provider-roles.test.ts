import { expect, test } from "vitest";
import { parseGroupRoles, roleOf, welcome } from "./provider-roles";

const groups = parseGroupRoles("editor=ops, admin = homelab admins ,admin=/root=yes");
const roles = { claim: "groups", groups };

test("groups are read as they are written, and what is none is said", () => {
  expect(groups).toEqual([
    { role: "editor", group: "ops" },
    { role: "admin", group: "homelab admins" },
    { role: "admin", group: "/root=yes" },
  ]);
  for (const wrong of ["", "admin", "admin=", "owner=ops", "admin=a,,editor=b", "=ops"])
    expect(() => parseGroupRoles(wrong)).toThrow("is none of admin, editor and viewer");
});

test.each([
  [["ops"], "editor"],
  [["other", "ops", "homelab admins"], "admin"],
  [["/root=yes"], "admin"],
  [["OPS", "ops ", "homelab"], undefined],
  [[], undefined],
  [undefined, undefined],
  ["ops", "editor"],
  [{ ops: true }, undefined],
  [[["ops"], 1, null], undefined],
])("%o gives %s", (claimed, role) => {
  expect(roleOf({ groups: claimed }, roles)).toBe(role);
});

test("the claim may be deeper, or have dots of its own", () => {
  expect(roleOf({ realm_access: { roles: ["ops"] } }, { claim: "realm_access.roles", groups })).toBe("editor");
  expect(roleOf({ "https://home/groups": ["ops"] }, { claim: "https://home/groups", groups })).toBe("editor");
  expect(roleOf({ "a.b": ["ops"], a: { b: [] } }, { claim: "a.b", groups })).toBe("editor");
  expect(roleOf({}, { claim: "constructor.name", groups: [{ role: "admin", group: "Object" }] })).toBeUndefined();
});

test.each([
  // Without roles, newcomers only are decided of.
  [undefined, [], true, "viewer", { ok: true, role: undefined }],
  [undefined, [], false, "editor", { ok: true, role: "editor" }],
  [undefined, [], false, null, { ok: false, error: "signup_disabled" }],
  [undefined, [], true, null, { ok: true, role: undefined }],
  // With them, everybody is.
  [roles, ["ops"], true, "viewer", { ok: true, role: "editor" }],
  [roles, ["ops"], false, null, { ok: true, role: "editor" }],
  [roles, [], true, "viewer", { ok: true, role: "viewer" }],
  [roles, [], true, null, { ok: false, error: "not_in_group" }],
  [roles, [], false, null, { ok: false, error: "signup_disabled" }],
] as const)("with %o and groups %o, known %s, newcomers %s", (given, mine, isKnown, newcomers, expected) => {
  expect(welcome({ groups: mine }, { isKnown, newcomers, roles: given })).toEqual(expected);
});
