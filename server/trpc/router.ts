import { accountRouter } from "./account";
import { alertsRouter } from "./alerts";
import { assistRouter } from "./assist";
import { auditRouter } from "./audit";
import { backupRouter } from "./backup";
import { channelsRouter } from "./channels";
import { configRouter } from "./config";
import { discoveryRouter } from "./discovery";
import { router } from "./init";
import { liveRouter } from "./live";
import { metricsRouter } from "./metrics";
import { notificationsRouter } from "./notifications";
import { peopleRouter } from "./people";
import { pluginsRouter } from "./plugins";
import { silencesRouter } from "./silences";
import { storageRouter } from "./storage";
import { systemRouter } from "./system";
import { tokensRouter } from "./tokens";

export const appRouter = router({
  plugins: pluginsRouter,
  discovery: discoveryRouter,
  metrics: metricsRouter,
  alerts: alertsRouter,
  silences: silencesRouter,
  notifications: notificationsRouter,
  channels: channelsRouter,
  assist: assistRouter,
  config: configRouter,
  live: liveRouter,
  system: systemRouter,
  storage: storageRouter,
  account: accountRouter,
  people: peopleRouter,
  tokens: tokensRouter,
  audit: auditRouter,
  backup: backupRouter,
});
export type AppRouter = typeof appRouter;
