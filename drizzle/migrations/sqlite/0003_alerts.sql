CREATE TABLE `alert_history` (
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`alert_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`instance_id` text NOT NULL,
	`event` text NOT NULL,
	`severity` text NOT NULL,
	`value` real,
	`threshold` real,
	`actor` text,
	`details` text NOT NULL,
	PRIMARY KEY(`id`, `at`)
);
--> statement-breakpoint
CREATE INDEX `alert_history_at` ON `alert_history` (`at`);--> statement-breakpoint
CREATE INDEX `alert_history_alert` ON `alert_history` (`alert_id`);--> statement-breakpoint
CREATE INDEX `alert_history_instance_at` ON `alert_history` (`instance_id`,`at`);--> statement-breakpoint
CREATE TABLE `alert_overrides` (
	`id` text PRIMARY KEY NOT NULL,
	`override` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alert_states` (
	`id` text PRIMARY KEY NOT NULL,
	`instance_id` text NOT NULL,
	`alert` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alert_states_instance` ON `alert_states` (`instance_id`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`rule` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`config` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_name` ON `channels` (`name`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`channel_id` text NOT NULL,
	`group_key` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`message` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `notifications_state_due` ON `notifications` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `notifications_channel_created` ON `notifications` (`channel_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `silences` (
	`id` text PRIMARY KEY NOT NULL,
	`silence` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ends_at` integer
);
