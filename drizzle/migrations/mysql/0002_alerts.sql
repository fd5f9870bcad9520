CREATE TABLE `alert_history` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` datetime(3) NOT NULL,
	`alert_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`rule_id` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`event` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`severity` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` double,
	`threshold` double,
	`actor` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`details` json NOT NULL,
	CONSTRAINT `alert_history_id_at_pk` PRIMARY KEY(`id`,`at`)
);
--> statement-breakpoint
CREATE TABLE `alert_overrides` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`override` json NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `alert_overrides_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `alert_states` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`alert` json NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `alert_states_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`origin` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`rule` json NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `alerts_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`kind` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`enabled` boolean NOT NULL DEFAULT true,
	`config` json NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `channels_id` PRIMARY KEY(`id`),
	CONSTRAINT `channels_name` UNIQUE(`name`)
);
--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`channel_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`group_key` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`state` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`attempts` int NOT NULL DEFAULT 0,
	`message` json NOT NULL,
	`answer` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`created_at` datetime(3) NOT NULL,
	`finished_at` datetime(3),
	CONSTRAINT `notifications_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `silences` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`silence` json NOT NULL,
	`created_by` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	`ends_at` datetime(3),
	CONSTRAINT `silences_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE INDEX `alert_history_at` ON `alert_history` (`at`);--> statement-breakpoint
CREATE INDEX `alert_history_alert` ON `alert_history` (`alert_id`);--> statement-breakpoint
CREATE INDEX `alert_history_instance_at` ON `alert_history` (`instance_id`,`at`);--> statement-breakpoint
CREATE INDEX `alert_states_instance` ON `alert_states` (`instance_id`);--> statement-breakpoint
CREATE INDEX `notifications_state_due` ON `notifications` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `notifications_channel_created` ON `notifications` (`channel_id`,`created_at`);