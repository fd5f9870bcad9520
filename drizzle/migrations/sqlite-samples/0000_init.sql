CREATE TABLE `plugin_metrics_batch` (
	`writer` text NOT NULL,
	`id` integer NOT NULL,
	`samples` integer NOT NULL,
	`data` blob NOT NULL,
	PRIMARY KEY(`writer`, `id`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_chunk` (
	`series` integer NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`samples` integer NOT NULL,
	`sum` real NOT NULL,
	`min` real NOT NULL,
	`max` real NOT NULL,
	`last` real NOT NULL,
	`data` blob NOT NULL,
	PRIMARY KEY(`series`, `start_at`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_head` (
	`series` integer PRIMARY KEY NOT NULL,
	`sealed_batch` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`last_value` real NOT NULL,
	`chunk_at` integer NOT NULL,
	`chunk_samples` integer NOT NULL,
	`samples` integer NOT NULL,
	`bytes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_rollup_chunk` (
	`tier` integer NOT NULL,
	`series` integer NOT NULL,
	`start_at` integer NOT NULL,
	`buckets` integer NOT NULL,
	`data` blob NOT NULL,
	PRIMARY KEY(`tier`, `series`, `start_at`)
);
--> statement-breakpoint
-- By hand: WITHOUT ROWID. The others stay rowid tables: those with long values are smaller and faster so.
CREATE TABLE `plugin_metrics_state` (
	`key` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
) WITHOUT ROWID;

