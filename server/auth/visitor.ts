/** What may be done: look; handle alerts and run collections; set rules and routes; push metrics; everything else. */
export const PERMISSIONS = ["read", "respond", "edit", "send", "administer"] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["admin", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  admin: PERMISSIONS,
  editor: ["read", "respond", "edit"],
  viewer: ["read"],
};

/** Who asks, and what that one may do. Made once a request, in `server/auth`; nothing else decides who somebody is. */
export interface Visitor {
  /** Null: nobody is signed in. */
  readonly userId: string | null;
  /** For people and the audit log. */
  readonly name: string | null;
  readonly role: Role | null;
  readonly via: "session" | "token" | "proxy" | "command" | "none";
  /** Of the session or token it came with. */
  readonly credentialId: string | null;
  readonly permissions: ReadonlySet<Permission>;
  /** Sees only instances with one of these; null: all. */
  readonly tags: readonly string[] | null;
  /** Where the request came from. */
  readonly address: string | null;
  /** The browser runs on this machine, with no proxy in between. */
  readonly fromThisMachine: boolean;
}

/** Nobody is signed in. */
export const nobody = (address: string | null): Visitor => ({
  userId: null,
  name: null,
  role: null,
  via: "none",
  credentialId: null,
  permissions: new Set(),
  tags: null,
  address,
  fromThisMachine: false,
});

/** Who asks on this machine by a command: it could read the database as well. */
export const COMMAND: Visitor = {
  ...nobody(null),
  name: "this machine",
  role: "admin",
  via: "command",
  permissions: new Set(PERMISSIONS),
};

/** Whether an instance with these tags is shown to somebody. */
export const sees = ({ tags }: Pick<Visitor, "tags">, ofInstance: readonly string[]): boolean =>
  tags === null || ofInstance.some((tag) => tags.includes(tag));

/** For what keeps who did it. */
export const nameOf = ({ name }: Pick<Visitor, "name">): string => name ?? "somebody";

/** Whether somebody may do and see the same, by the same credential. */
export const isSame = (a: Visitor, b: Visitor): boolean => keyOf(a) === keyOf(b);

const keyOf = ({ userId, via, credentialId, permissions, tags }: Visitor) =>
  JSON.stringify([userId, via, credentialId, [...permissions], tags]);
