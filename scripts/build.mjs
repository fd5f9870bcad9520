/** `npm run build`: the production tree in .next/standalone, built anew. `npm start` builds only what is stale. */
import { buildUnity } from "./build/build-unity.mjs";
import { runMain } from "./tasks/progress.mjs";

await runMain(buildUnity);
