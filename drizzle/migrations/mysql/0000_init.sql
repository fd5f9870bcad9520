CREATE TABLE `plugin_metrics_batch` (
	`writer` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`id` bigint NOT NULL,
	`samples` int NOT NULL,
	`data` mediumblob NOT NULL,
	CONSTRAINT `plugin_metrics_batch_writer_id_pk` PRIMARY KEY(`writer`,`id`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_chunk` (
	`series` int NOT NULL,
	`start_at` bigint NOT NULL,
	`end_at` bigint NOT NULL,
	`samples` int NOT NULL,
	`sum` double NOT NULL,
	`min` double NOT NULL,
	`max` double NOT NULL,
	`last` double NOT NULL,
	`data` mediumblob NOT NULL,
	CONSTRAINT `plugin_metrics_chunk_series_start_at_pk` PRIMARY KEY(`series`,`start_at`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_head` (
	`series` int NOT NULL,
	`sealed_batch` bigint NOT NULL,
	`first_at` bigint NOT NULL,
	`last_at` bigint NOT NULL,
	`last_value` double NOT NULL,
	`chunk_at` bigint NOT NULL,
	`chunk_samples` int NOT NULL,
	`samples` bigint NOT NULL,
	`bytes` bigint NOT NULL,
	CONSTRAINT `plugin_metrics_head_series` PRIMARY KEY(`series`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_rollup_chunk` (
	`tier` int NOT NULL,
	`series` int NOT NULL,
	`start_at` bigint NOT NULL,
	`buckets` int NOT NULL,
	`data` mediumblob NOT NULL,
	CONSTRAINT `plugin_metrics_rollup_chunk_tier_series_start_at_pk` PRIMARY KEY(`tier`,`series`,`start_at`)
);
--> statement-breakpoint
CREATE TABLE `metric_series` (
	`id` int AUTO_INCREMENT NOT NULL,
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`metric` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`labels` json NOT NULL,
	`hash` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `metric_series_id` PRIMARY KEY(`id`),
	CONSTRAINT `metric_series_identity` UNIQUE(`instance_id`,`metric`,`hash`)
);
--> statement-breakpoint
CREATE TABLE `plugin_metrics_state` (
	`key` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` bigint NOT NULL,
	CONSTRAINT `plugin_metrics_state_key` PRIMARY KEY(`key`)
);
--> statement-breakpoint
CREATE TABLE `plugin_executions` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`started_at` datetime(3) NOT NULL,
	`duration_ms` int NOT NULL,
	`outcome` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`readings` int NOT NULL,
	`refused` int NOT NULL,
	`attempts` int NOT NULL,
	`reason` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`message` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`hint` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`remarks` json NOT NULL,
	CONSTRAINT `plugin_executions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `plugin_inventory` (
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` datetime(3) NOT NULL,
	`snapshot` json NOT NULL,
	CONSTRAINT `plugin_inventory_instance_id` PRIMARY KEY(`instance_id`)
);
--> statement-breakpoint
CREATE TABLE `plugin_status` (
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`health` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`since` datetime(3) NOT NULL,
	`last_run_at` datetime(3),
	`last_success_at` datetime(3),
	`reason` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`message` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`hint` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`consecutive_errors` int NOT NULL DEFAULT 0,
	CONSTRAINT `plugin_status_instance_id` PRIMARY KEY(`instance_id`)
);
--> statement-breakpoint
CREATE TABLE `plugins` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`plugin` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`host` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`enabled` boolean NOT NULL DEFAULT true,
	`config` json NOT NULL,
	`interval_seconds` int NOT NULL,
	`timeout_ms` int NOT NULL,
	`tags` json NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `plugins_id` PRIMARY KEY(`id`),
	CONSTRAINT `plugins_plugin_name` UNIQUE(`plugin`,`name`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` json NOT NULL,
	CONSTRAINT `settings_key` PRIMARY KEY(`key`)
);
--> statement-breakpoint
ALTER TABLE `plugin_executions` ADD CONSTRAINT `plugin_executions_instance_id_plugins_id_fk` FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `plugin_inventory` ADD CONSTRAINT `plugin_inventory_instance_id_plugins_id_fk` FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `plugin_status` ADD CONSTRAINT `plugin_status_instance_id_plugins_id_fk` FOREIGN KEY (`instance_id`) REFERENCES `plugins`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `plugin_executions_instance_started` ON `plugin_executions` (`instance_id`,`started_at`);