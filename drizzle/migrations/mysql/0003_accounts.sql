CREATE TABLE `accounts` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`provider_id` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`account_id` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`access_token` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`refresh_token` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`id_token` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`access_token_expires_at` datetime(3),
	`refresh_token_expires_at` datetime(3),
	`scope` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`password` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `accounts_id` PRIMARY KEY(`id`),
	CONSTRAINT `accounts_identity` UNIQUE(`provider_id`,`account_id`)
);
--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`prefix` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`hash` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`scopes` json NOT NULL,
	`tags` json,
	`created_at` datetime(3) NOT NULL,
	`expires_at` datetime(3),
	`last_used_at` datetime(3),
	`last_used_from` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	CONSTRAINT `api_tokens_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_tokens_hash` UNIQUE(`hash`)
);
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` datetime(3) NOT NULL,
	`actor_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`actor` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`via` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`address` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`action` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`outcome` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`subject_id` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`subject` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`details` json NOT NULL,
	CONSTRAINT `audit_log_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`public_key` mediumtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`credential_id` mediumtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`counter` bigint NOT NULL,
	`device_type` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`backed_up` boolean NOT NULL,
	`transports` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`aaguid` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`created_at` datetime(3),
	CONSTRAINT `passkeys_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`token` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`ip_address` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`user_agent` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`),
	CONSTRAINT `sessions_token` UNIQUE(`token`)
);
--> statement-breakpoint
CREATE TABLE `two_factors` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`secret` mediumtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`backup_codes` mediumtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`verified` boolean,
	`failed_verification_count` int,
	`locked_until` datetime(3),
	CONSTRAINT `two_factors_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`email` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`email_verified` boolean NOT NULL DEFAULT false,
	`image` mediumtext character set utf8mb4 collate utf8mb4_bin,
	`username` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`display_username` varchar(191) character set utf8mb4 collate utf8mb4_bin,
	`two_factor_enabled` boolean NOT NULL DEFAULT false,
	`role` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL DEFAULT 'viewer',
	`tags` json,
	`disabled` boolean NOT NULL DEFAULT false,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_email` UNIQUE(`email`),
	CONSTRAINT `users_username` UNIQUE(`username`)
);
--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`identifier` varchar(191) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` mediumtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `verifications_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `accounts` ADD CONSTRAINT `accounts_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `api_tokens` ADD CONSTRAINT `api_tokens_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `passkeys` ADD CONSTRAINT `passkeys_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `two_factors` ADD CONSTRAINT `two_factors_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE INDEX `api_tokens_user` ON `api_tokens` (`user_id`);--> statement-breakpoint
CREATE INDEX `audit_log_at` ON `audit_log` (`at`);--> statement-breakpoint
CREATE INDEX `audit_log_actor_at` ON `audit_log` (`actor_id`,`at`);--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `two_factors_user` ON `two_factors` (`user_id`);--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);