CREATE SCHEMA IF NOT EXISTS "users";
--> statement-breakpoint
CREATE TABLE "users"."email_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"digest" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_in_hour" integer DEFAULT 1 NOT NULL,
	"hour_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users"."inbox" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users"."spent_grants" (
	"jti" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"email" text,
	"email_verified_at" timestamp (3) with time zone,
	"phone_number" text,
	"phone_number_verified_at" timestamp (3) with time zone,
	"verified_at" timestamp (3) with time zone,
	"username" text,
	"wanted_username" text,
	"display_name" text,
	"given_name" text,
	"family_name" text,
	"birthdate" date,
	"locale" text DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"roles" text[] DEFAULT '{"user"}' NOT NULL,
	"terms_version" text,
	"terms_accepted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "email_links_digest" ON "users"."email_links" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "outbox_in_hand" ON "users"."outbox" USING btree ("id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "spent_grants_expires_at" ON "users"."spent_grants" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users"."users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_phone_number" ON "users"."users" USING btree ("phone_number");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username" ON "users"."users" USING btree ("username");