import { ensureBuilt } from "../build/build-unity.mjs";
import { installPackages } from "../tasks/install-packages.mjs";
import { runMain } from "../tasks/progress.mjs";
import { requireFreePort } from "./free-port.mjs";
import { serve } from "./serve.mjs";

/** Installs what is missing, builds what is stale, serves until stopped. */
export function startUnity() {
  return runMain(async () => {
    // First: a Unity that runs already must not have its tree built away under it.
    await requireFreePort(process.env);
    await installPackages();
    await ensureBuilt();
    await serve(process.env);
  });
}
