CREATE TABLE "users"."contact_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'PENDING' NOT NULL,
	"old_value" text,
	"new_value" text NOT NULL,
	"confirm_digest" "bytea" NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"undo_digest" "bytea",
	"undo_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "contact_changes_pending" ON "users"."contact_changes" USING btree ("user_id","kind") WHERE state = 'PENDING';--> statement-breakpoint
CREATE UNIQUE INDEX "contact_changes_confirm_digest" ON "users"."contact_changes" USING btree ("confirm_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_changes_undo_digest" ON "users"."contact_changes" USING btree ("undo_digest");--> statement-breakpoint
CREATE INDEX "contact_changes_of_user" ON "users"."contact_changes" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "contact_changes_old_value" ON "users"."contact_changes" USING btree ("old_value");--> statement-breakpoint
CREATE INDEX "contact_changes_new_value" ON "users"."contact_changes" USING btree ("new_value");