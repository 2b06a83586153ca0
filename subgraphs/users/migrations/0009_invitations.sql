CREATE TABLE "users"."invitations" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"digest" "bytea",
	"expires_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"sent_in_hour" integer DEFAULT 0 NOT NULL,
	"hour_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users"."invitations" ADD CONSTRAINT "invitations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_digest" ON "users"."invitations" USING btree ("digest");