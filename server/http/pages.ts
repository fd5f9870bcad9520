import type { Permission, Visitor } from "../auth/visitor";

/** Who may open a page: whoever comes, a person who is signed in, or whoever has a permission. */
export type PageAccess = "everybody" | "self" | Permission;

/** Every page, as Next's folders name them; a test lists those beside it. What is not here says that it is not there. */
export const PAGES: Readonly<Record<string, PageAccess>> = {
  "/sign-in": "everybody",
  "/first-run": "everybody",
  /** Whoever has the link of a message. */
  "/act/[token]": "everybody",
  "/forbidden": "read",
  "/": "read",
  "/instances": "read",
  "/instances/[id]": "read",
  "/instances/[id]/edit": "administer",
  "/catalogue": "read",
  "/catalogue/[plugin]": "read",
  "/alerts": "read",
  "/alerts/[id]": "read",
  "/alerts/history": "read",
  "/alerts/silences": "read",
  "/alerts/channels": "read",
  "/alerts/channels/new": "administer",
  "/alerts/channels/[id]": "administer",
  "/alerts/notifications": "read",
  "/alerts/notifications/log": "read",
  "/alerts/notifications/routes/new": "edit",
  "/alerts/notifications/routes/[id]": "edit",
  "/alerts/rules": "read",
  "/alerts/rules/new": "edit",
  "/alerts/rules/[...id]": "read",
  "/api": "read",
  "/settings": "read",
  "/settings/storage": "read",
  "/settings/account": "self",
  "/settings/tokens": "self",
  "/settings/assistants": "self",
  "/settings/people": "administer",
  "/settings/audit": "administer",
  "/settings/backup": "administer",
  "/settings/files": "edit",
};

/** Those that show what a visitor sees and no more. Who sees only some tags may open these, and what is one's own. */
const FILTERED: ReadonlySet<string> = new Set([
  "/forbidden",
  "/",
  "/instances",
  "/instances/[id]",
  "/catalogue",
  "/catalogue/[plugin]",
  "/alerts",
  "/alerts/[id]",
  "/alerts/history",
  "/alerts/silences",
  "/alerts/rules",
  "/alerts/rules/[...id]",
  "/api",
  "/settings",
]);

interface Pattern {
  readonly pattern: RegExp;
  readonly isFiltered: boolean;
  readonly access: PageAccess;
}

const PATTERNS: readonly Pattern[] = Object.entries(PAGES)
  // What is named is meant before what stands for anything, as Next does it.
  .toSorted(([a], [b]) => weight(a) - weight(b))
  .map(([page, access]) => ({ pattern: patternOf(page), isFiltered: FILTERED.has(page), access }));

function weight(page: string): number {
  if (page.includes("[...")) return 2;
  return page.includes("[") ? 1 : 0;
}

function patternOf(page: string): RegExp {
  const parts = page.split("/").map((part) => {
    if (part.startsWith("[...")) return ".+";
    return part.startsWith("[") ? "[^/]+" : part;
  });
  return new RegExp(`^${parts.join("/")}/?$`);
}

/** Of a path that leads nowhere: as for reading, so that the page which says so comes. */
const NOWHERE = { access: "read", isFiltered: true } as const;
const pageOf = (path: string): Pick<Pattern, "access" | "isFiltered"> =>
  PATTERNS.find(({ pattern }) => pattern.test(path)) ?? NOWHERE;
export const accessOf = (path: string): PageAccess => pageOf(path).access;

/** Where somebody is sent who may not open a page; undefined: the page comes. */
export function redirectOf(
  { path, url, isFirstRun }: { path: string; url: string; isFirstRun: boolean },
  visitor: Visitor,
): string | undefined {
  const { access, isFiltered } = pageOf(path);
  if (isFirstRun) return path === "/first-run" || path.startsWith("/act/") ? undefined : "/first-run";
  if (path === "/first-run") return visitor.role === null ? "/sign-in" : "/";
  if (access === "everybody") return undefined;
  if (visitor.role === null) return url === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(url)}`;
  if (access === "self") return visitor.via !== "token" ? undefined : "/forbidden";
  const isAllowed = visitor.permissions.has(access) && (visitor.tags === null || isFiltered);
  return isAllowed ? undefined : "/forbidden";
}
