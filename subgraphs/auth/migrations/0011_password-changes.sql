CREATE TABLE "auth"."password_changes" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "password_changes_changed_at" ON "auth"."password_changes" USING btree ("changed_at");