import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";

/** Why no program can be given files of its own here; "" when it can. */
export const noNamespaces =
  spawnSync("unshare", ["--mount", "true"]).status === 0 ? "" : "no mount namespaces may be made here";

/**
 * A tool that sees other files than this machine has, in a mount namespace that ends with it: one that was only unpacked finds the
 * user its package would have made. @returns its folder
 */
export function wrapNamespaced(
  service: Service,
  tool: string,
  { program, files }: { program: string; files: Readonly<Record<string, string>> },
): string {
  const mounts = Object.entries(files).map(([path, text]) => {
    const own = join(service.folder, `own${path.replaceAll("/", "-")}`);
    writeFileSync(own, text);
    return `mount --bind ${own} ${path}`;
  });
  const script = ["mount --make-rprivate /", ...mounts, `exec "$0" "$@"`].join(" && ");
  return service.wrap(tool, `exec unshare --mount /bin/sh -c '${script}' ${program} "$@"`);
}
