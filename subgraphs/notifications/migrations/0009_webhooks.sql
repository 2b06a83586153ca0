CREATE TABLE "notifications"."webhook_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"off_at" timestamp with time zone,
	"held_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications"."webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"type" text NOT NULL,
	"user_id" uuid NOT NULL,
	"body" text,
	"status" text DEFAULT 'QUEUED' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"give_up_at" timestamp with time zone NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"enqueued_at" timestamp with time zone,
	"lease" uuid,
	"done_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "webhooks_once" UNIQUE("event_id","endpoint")
);
--> statement-breakpoint
CREATE INDEX "webhooks_of_user" ON "notifications"."webhooks" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "webhooks_due" ON "notifications"."webhooks" USING btree ("endpoint","next_attempt_at") WHERE "notifications"."webhooks"."status" in ('QUEUED', 'SENDING');--> statement-breakpoint
CREATE INDEX "webhooks_in_hand" ON "notifications"."webhooks" USING btree ("endpoint","enqueued_at") WHERE "notifications"."webhooks"."status" in ('QUEUED', 'SENDING') and "notifications"."webhooks"."enqueued_at" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_dead" ON "notifications"."webhooks" USING btree ("endpoint") WHERE "notifications"."webhooks"."status" = 'DEAD_LETTERED';--> statement-breakpoint
CREATE INDEX "webhooks_done" ON "notifications"."webhooks" USING btree ("done_at") WHERE "notifications"."webhooks"."done_at" is not null;