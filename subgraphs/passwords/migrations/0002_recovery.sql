CREATE TABLE "passwords"."idempotent_requests" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"payload" "bytea" NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"owner" text NOT NULL,
	"answer" jsonb
);
--> statement-breakpoint
CREATE TABLE "passwords"."password_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"phc" text NOT NULL,
	"pepper_version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passwords"."reset_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"digest" "bytea" NOT NULL,
	"address" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_in_hour" integer DEFAULT 1 NOT NULL,
	"hour_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idempotent_requests_started_at" ON "passwords"."idempotent_requests" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "password_history_of_user" ON "passwords"."password_history" USING btree ("user_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "reset_links_digest" ON "passwords"."reset_links" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "reset_links_sent_at" ON "passwords"."reset_links" USING btree ("sent_at");