-- By hand: renamed, not dropped. Samples live as chunks in a file of their own from now on; the next start carries these over, and
-- drops the tables when everything is there.
ALTER TABLE `plugin_metrics` RENAME TO `plugin_metrics_v1`;--> statement-breakpoint
ALTER TABLE `plugin_metrics_rollup` RENAME TO `plugin_metrics_rollup_v1`;
