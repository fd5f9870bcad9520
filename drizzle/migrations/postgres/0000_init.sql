-- By hand: no schema is named, so that the connection's search path decides, and chunks are stored as they are.
CREATE TABLE "plugin_metrics_batch" (
	"writer" varchar(36) NOT NULL,
	"id" bigint NOT NULL,
	"samples" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "plugin_metrics_batch_writer_id_pk" PRIMARY KEY("writer","id")
);
--> statement-breakpoint
CREATE TABLE "plugin_metrics_chunk" (
	"series" integer NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"samples" integer NOT NULL,
	"sum" double precision NOT NULL,
	"min" double precision NOT NULL,
	"max" double precision NOT NULL,
	"last" double precision NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "plugin_metrics_chunk_series_start_at_pk" PRIMARY KEY("series","start_at")
);
--> statement-breakpoint
CREATE TABLE "plugin_metrics_head" (
	"series" integer PRIMARY KEY NOT NULL,
	"sealed_batch" bigint NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"last_value" double precision NOT NULL,
	"chunk_at" bigint NOT NULL,
	"chunk_samples" integer NOT NULL,
	"samples" bigint NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_metrics_rollup_chunk" (
	"tier" integer NOT NULL,
	"series" integer NOT NULL,
	"start_at" bigint NOT NULL,
	"buckets" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "plugin_metrics_rollup_chunk_tier_series_start_at_pk" PRIMARY KEY("tier","series","start_at")
);
--> statement-breakpoint
CREATE TABLE "metric_series" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "metric_series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"instance_id" varchar(36) NOT NULL,
	"metric" varchar(191) NOT NULL,
	"labels" jsonb NOT NULL,
	"hash" varchar(191) NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_metrics_state" (
	"key" varchar(191) PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_executions" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"instance_id" varchar(36) NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"duration_ms" integer NOT NULL,
	"outcome" varchar(32) NOT NULL,
	"readings" integer NOT NULL,
	"refused" integer NOT NULL,
	"attempts" integer NOT NULL,
	"reason" varchar(191),
	"message" text,
	"hint" text,
	"remarks" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_inventory" (
	"instance_id" varchar(36) PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"snapshot" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_status" (
	"instance_id" varchar(36) PRIMARY KEY NOT NULL,
	"health" varchar(32) NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"last_run_at" timestamptz(3),
	"last_success_at" timestamptz(3),
	"reason" varchar(191),
	"message" text,
	"hint" text,
	"consecutive_errors" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugins" (
	"id" varchar(36) PRIMARY KEY NOT NULL,
	"plugin" varchar(191) NOT NULL,
	"name" varchar(191) NOT NULL,
	"host" varchar(191) NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"config" jsonb NOT NULL,
	"interval_seconds" integer NOT NULL,
	"timeout_ms" integer NOT NULL,
	"tags" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" varchar(191) PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "plugin_executions" ADD CONSTRAINT "plugin_executions_instance_id_plugins_id_fk" FOREIGN KEY ("instance_id") REFERENCES "plugins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plugin_inventory" ADD CONSTRAINT "plugin_inventory_instance_id_plugins_id_fk" FOREIGN KEY ("instance_id") REFERENCES "plugins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plugin_status" ADD CONSTRAINT "plugin_status_instance_id_plugins_id_fk" FOREIGN KEY ("instance_id") REFERENCES "plugins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "metric_series_identity" ON "metric_series" USING btree ("instance_id","metric","hash");--> statement-breakpoint
CREATE INDEX "plugin_executions_instance_started" ON "plugin_executions" USING btree ("instance_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plugins_plugin_name" ON "plugins" USING btree ("plugin","name");--> statement-breakpoint
-- By hand: what is compressed already is not compressed again.
ALTER TABLE "plugin_metrics_chunk" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "plugin_metrics_batch" ALTER COLUMN "data" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "plugin_metrics_chunk" ALTER COLUMN "data" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "plugin_metrics_rollup_chunk" ALTER COLUMN "data" SET STORAGE EXTERNAL;
