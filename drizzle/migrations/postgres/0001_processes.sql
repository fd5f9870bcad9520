CREATE TABLE "plugin_leases" (
	"instance_id" varchar(36) PRIMARY KEY NOT NULL,
	"process" varchar(36) NOT NULL,
	"until" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unity_processes" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"host" varchar(191) NOT NULL,
	"seen_at" timestamptz(3) NOT NULL,
	"met" boolean DEFAULT false NOT NULL
);
