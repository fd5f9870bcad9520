-- By hand: AUTOINCREMENT. The id of a forgotten series is never given again, so that samples still on their way to it, or not
-- yet deleted, cannot become another's.
CREATE TABLE `metric_series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`instance_id` text NOT NULL,
	`metric` text NOT NULL,
	`labels` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `metric_series_identity` ON `metric_series` (`instance_id`,`metric`,`hash`);--> statement-breakpoint
CREATE TABLE `plugin_executions` (
	`id` text PRIMARY KEY NOT NULL,
	`instance_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`outcome` text NOT NULL,
	`readings` integer NOT NULL,
	`refused` integer NOT NULL,
	`attempts` integer NOT NULL,
	`reason` text,
	`message` text,
	`hint` text,
	`remarks` text NOT NULL,
	FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plugin_executions_instance_started` ON `plugin_executions` (`instance_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `plugin_inventory` (
	`instance_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`snapshot` text NOT NULL,
	FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
-- By hand: WITHOUT ROWID. The primary key is the table, which halves it, and a range is one walk through neighbours.
CREATE TABLE `plugin_metrics` (
	`series` integer NOT NULL,
	`at` integer NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`series`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
-- By hand: WITHOUT ROWID, as above.
CREATE TABLE `plugin_metrics_rollup` (
	`tier` integer NOT NULL,
	`series` integer NOT NULL,
	`at` integer NOT NULL,
	`count` integer NOT NULL,
	`sum` real NOT NULL,
	`min` real NOT NULL,
	`max` real NOT NULL,
	`last` real NOT NULL,
	PRIMARY KEY(`tier`, `series`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `plugin_status` (
	`instance_id` text PRIMARY KEY NOT NULL,
	`health` text NOT NULL,
	`since` integer NOT NULL,
	`last_run_at` integer,
	`last_success_at` integer,
	`reason` text,
	`message` text,
	`hint` text,
	`consecutive_errors` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `plugins` (
	`id` text PRIMARY KEY NOT NULL,
	`plugin` text NOT NULL,
	`name` text NOT NULL,
	`host` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`config` text NOT NULL,
	`interval_seconds` integer NOT NULL,
	`timeout_ms` integer NOT NULL,
	`tags` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plugins_plugin_name` ON `plugins` (`plugin`,`name`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
