import type { Me } from "@/components/data/outputs";

export type Permission = Me["permissions"][number];
/** Of whoever looks at a page; undefined until that is known. */
export type Rights = Pick<Me, "permissions" | "tags"> | undefined;

/** False for those who see only some instances: they are refused what tells of all, so it is neither shown nor asked for. */
export const seesAll = (me: Rights): boolean => me?.tags === null;

/** What those may do, to the instances that they see. */
const OF_SOME: readonly Permission[] = ["read", "respond"];

export const may = (me: Rights, permission: Permission): boolean =>
  (me?.permissions.includes(permission) ?? false) && (seesAll(me) || OF_SOME.includes(permission));
