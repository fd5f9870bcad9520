CREATE TABLE "alert_history" (
	"id" varchar(36) NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"alert_id" varchar(36) NOT NULL,
	"rule_id" varchar(191) NOT NULL,
	"instance_id" varchar(36) NOT NULL,
	"event" varchar(191) NOT NULL,
	"severity" varchar(32) NOT NULL,
	"value" double precision,
	"threshold" double precision,
	"actor" varchar(191),
	"details" jsonb NOT NULL,
	CONSTRAINT "alert_history_id_at_pk" PRIMARY KEY("id","at")
);
--> statement-breakpoint
CREATE TABLE "alert_overrides" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"override" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_states" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"instance_id" varchar(36) NOT NULL,
	"alert" jsonb NOT NULL,
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"origin" varchar(32) NOT NULL,
	"rule" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"kind" varchar(191) NOT NULL,
	"name" varchar(191) NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"config" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"channel_id" varchar(36) NOT NULL,
	"group_key" varchar(191) NOT NULL,
	"state" varchar(32) NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"message" jsonb NOT NULL,
	"answer" text,
	"created_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "silences" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"silence" jsonb NOT NULL,
	"created_by" varchar(191),
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX "alert_history_at" ON "alert_history" USING btree ("at");--> statement-breakpoint
CREATE INDEX "alert_history_alert" ON "alert_history" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "alert_history_instance_at" ON "alert_history" USING btree ("instance_id","at");--> statement-breakpoint
CREATE INDEX "alert_states_instance" ON "alert_states" USING btree ("instance_id");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_name" ON "channels" USING btree ("name");--> statement-breakpoint
CREATE INDEX "notifications_state_due" ON "notifications" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "notifications_channel_created" ON "notifications" USING btree ("channel_id","created_at");