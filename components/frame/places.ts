import type { IconName } from "@/components/ui/icons";

export interface Place {
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
  /** Pressed after `g`. */
  readonly key: string;
}

/** Where the rail leads, in its order. */
export const PLACES: readonly Place[] = [
  { href: "/", name: "Overview", icon: "overview", key: "o" },
  { href: "/instances", name: "Instances", icon: "instances", key: "i" },
  { href: "/alerts", name: "Alerts", icon: "alerts", key: "a" },
  { href: "/catalogue", name: "Catalogue", icon: "catalogue", key: "c" },
  { href: "/settings", name: "Settings", icon: "settings", key: "s" },
];

/** True for the place that a path lies in: an instance's page lies in Instances. */
export const isAt = ({ href }: Place, pathname: string): boolean =>
  href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
