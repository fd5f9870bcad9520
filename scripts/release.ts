import { fileURLToPath } from "node:url";
import { cutRelease, NotReady } from "./release/cut-release";

/** npm run release -- 1.2.3: makes what is unreleased a version, to be looked at and committed. docs/releases.md. */
try {
  const root = fileURLToPath(new URL("..", import.meta.url));
  await cutRelease(root, { version: process.argv[2] ?? "", date: new Date().toISOString().slice(0, 10) });
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
