import type { OverrideScope, RuleView } from "@/components/data/outputs";

/** Where a rule or an override is so: "host nas". Names are collected text. @param nameOf of an instance by its id */
export function scopeWords(scope: RuleView["scope"] | OverrideScope, nameOf: (instance: string) => string): string {
  switch (scope.kind) {
    case "all":
      return "everything";
    case "plugin":
      return `plugin ${scope.plugin}`;
    case "host":
      return `host ${scope.host}`;
    case "tag":
      return `tag ${scope.tag}`;
    case "instance":
      return nameOf(scope.instance);
    case "item":
      return `${itemWords(scope.where)} on ${nameOf(scope.instance)}`;
    default:
      return scope satisfies never;
  }
}

const SIGN = { is: "", is_not: "not ", like: "like ", unlike: "not like " } as const;

const itemWords = (where: Extract<OverrideScope, { kind: "item" }>["where"]): string =>
  where.map(({ label, op, value }) => `${label.replaceAll("_", " ")} ${SIGN[op]}${value || '""'}`).join(", ");
