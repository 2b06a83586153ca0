CREATE TABLE "otp"."inbox" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "challenges_user" ON "otp"."challenges" USING btree ("user_id");