CREATE TABLE `plugin_leases` (
	`instance_id` text PRIMARY KEY NOT NULL,
	`process` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unity_processes` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`seen_at` integer NOT NULL,
	`met` integer DEFAULT false NOT NULL
);
