import { About } from "./about-outputs";
import { router, toRead } from "./init";

/** Unity itself. */
export const systemRouter = router({
  /** What runs, where its data lies and how much there is. Counts samples: not for every page. */
  about: toRead.output(About).query(({ ctx: { unity } }) => unity.describe.about()),
});
