import { existsSync } from "node:fs";
import { cp, mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCommand } from "../tasks/run-command.mjs";

/** As the Dockerfile has it. */
export const BASE = "node:24-bookworm-slim";
const PATHS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const CERTIFICATES = "/etc/ssl/certs";
const AUTHORITIES = join(CERTIFICATES, "ca-certificates.crt");

/**
 * The image that Unity's is made from: pulled, or where no registry can be reached, a Debian with the Node and npm that run here, under
 * the same name.
 * @returns how it came, or `missing`: why it did not
 */
export async function provideBase(folder, env) {
  const docker = (...args) => runCommand("docker", args, { quiet: true, env });
  if ((await docker("image", "inspect", BASE)).code === 0) return { how: "it was there" };
  // Where there is no way out, some networks never say so.
  const pulled = await runCommand("timeout", ["60", "docker", "pull", BASE], { quiet: true, env });
  if (pulled.code === 0) return { how: "pulled" };
  const root = join(folder, "base");
  const made = await runCommand("mmdebstrap", ["--variant=minbase", "--include=ca-certificates", "bookworm", root], {
    quiet: true,
  });
  if (made.code !== 0)
    return {
      missing: `${BASE} can neither be pulled nor made of Debian's packages: ${made.output.trim().split("\n").at(-1)}`,
    };
  await addNode(root);
  const settings = [`ENV PATH=${PATHS}`, `ENV NODE_EXTRA_CA_CERTS=${AUTHORITIES}`, 'CMD ["node"]'];
  const changes = settings.map((line) => `--change '${line}'`).join(" ");
  const imported = await runCommand("sh", ["-c", `tar -C '${root}' -c . | docker import ${changes} - ${BASE}`], {
    quiet: true,
    env,
  });
  await rm(root, { recursive: true, force: true });
  return imported.code === 0
    ? { how: `of Debian's packages, with Node ${process.versions.node}` }
    : { missing: `${BASE} could not be imported: ${imported.output.trim()}` };
}

async function addNode(root) {
  for (const path of ["usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists"])
    await rm(join(root, path), { recursive: true, force: true });
  const local = join(root, "usr/local");
  await mkdir(join(local, "lib/node_modules"), { recursive: true });
  await cp(process.execPath, join(local, "bin/node"));
  const cli = (await runCommand("sh", ["-c", 'readlink -f "$(command -v npm)"'], { quiet: true })).output.trim();
  await cp(dirname(dirname(cli)), join(local, "lib/node_modules/npm"), { recursive: true });
  for (const name of ["npm", "npx"])
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
  // Who comes between this machine and npm's registry comes between the build and it, too.
  const known = process.env.NODE_EXTRA_CA_CERTS ?? AUTHORITIES;
  if (existsSync(known)) await cp(known, join(root, AUTHORITIES), { dereference: true });
}
