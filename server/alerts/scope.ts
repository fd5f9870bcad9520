import type { Scope } from "./shapes/rule";
import type { Watched } from "./watched";

export function isInScope(scope: Scope, instance: Watched): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "plugin":
      return scope.plugin === instance.plugin;
    case "host":
      return scope.host === instance.host;
    case "tag":
      return instance.tags.includes(scope.tag);
    case "instance":
      return scope.instance === instance.id;
    default:
      return scope satisfies never;
  }
}
