import { Card } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";

const IN = [
  "Instances, rules, routes, channels, silences and settings",
  "Every sample, and the hours and days whose samples are gone",
  "Alerts and their history, messages, inventories, the audit log",
  "People, second factors, passkeys and API tokens, unless secrets are left out",
];
const NOT_IN = [
  "Sessions: everybody signs in anew",
  "secret.key, variables, files that secrets refer to, and scripts: keep a copy of those yourself",
];

/** As `docs/backup.md` says at length. */
export function WhatIsIn() {
  return (
    <Card>
      <List name="In it" icon="check" tone="in" items={IN} />
      <List name="Not in it" icon="minus" tone="out" items={NOT_IN} />
    </Card>
  );
}

function List({
  name,
  icon,
  tone,
  items,
}: {
  name: string;
  icon: "check" | "minus";
  tone: "in" | "out";
  items: readonly string[];
}) {
  return (
    <ul
      aria-label={name}
      className="flex flex-col gap-1.5 not-first:mt-3 not-first:border-t not-first:border-line not-first:pt-3"
    >
      {items.map((item) => (
        <li key={item} className={`flex items-start gap-2.5 text-sm text-pretty ${tone === "in" ? "" : "text-muted"}`}>
          <Icon name={icon} size={14} className={`mt-0.75 ${tone === "in" ? "text-ok" : ""}`} />
          {item}
        </li>
      ))}
    </ul>
  );
}
