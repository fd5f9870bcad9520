CREATE TABLE `plugin_leases` (
	`instance_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`process` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`until` datetime(3) NOT NULL,
	CONSTRAINT `plugin_leases_instance_id` PRIMARY KEY(`instance_id`)
);
--> statement-breakpoint
CREATE TABLE `unity_processes` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`host` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`seen_at` datetime(3) NOT NULL,
	`met` boolean NOT NULL DEFAULT false,
	CONSTRAINT `unity_processes_id` PRIMARY KEY(`id`)
);
