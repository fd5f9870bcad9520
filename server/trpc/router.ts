import { alertsRouter } from "./alerts";
import { router } from "./init";
import { liveRouter } from "./live";
import { metricsRouter } from "./metrics";
import { pluginsRouter } from "./plugins";
import { systemRouter } from "./system";

export const appRouter = router({
  plugins: pluginsRouter,
  metrics: metricsRouter,
  alerts: alertsRouter,
  live: liveRouter,
  system: systemRouter,
});
export type AppRouter = typeof appRouter;
