CREATE SCHEMA IF NOT EXISTS "passwords";
--> statement-breakpoint
CREATE TABLE "passwords"."credentials" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"phc" text NOT NULL,
	"pepper_version" integer NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"must_change" boolean DEFAULT false NOT NULL,
	"known_breached_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passwords"."inbox" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "credentials_unclaimed" ON "passwords"."credentials" USING btree ("created_at") WHERE confirmed_at is null;