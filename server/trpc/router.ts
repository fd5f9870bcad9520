import { alertsRouter } from "./alerts";
import { router } from "./init";
import { liveRouter } from "./live";
import { metricsRouter } from "./metrics";
import { pluginsRouter } from "./plugins";
import { storageRouter } from "./storage";
import { systemRouter } from "./system";

export const appRouter = router({
  plugins: pluginsRouter,
  metrics: metricsRouter,
  alerts: alertsRouter,
  live: liveRouter,
  system: systemRouter,
  storage: storageRouter,
});
export type AppRouter = typeof appRouter;
