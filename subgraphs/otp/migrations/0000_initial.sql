CREATE SCHEMA IF NOT EXISTS "otp";
--> statement-breakpoint
CREATE TABLE "otp"."challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"purpose" text NOT NULL,
	"subject" "bytea" NOT NULL,
	"destination" "bytea" NOT NULL,
	"destination_masked" text,
	"digest" "bytea" NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"resends" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "otp"."code_sends" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"moments" timestamp with time zone[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp"."grant_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "otp"."wrong_codes" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"moments" timestamp with time zone[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "challenges_subject" ON "otp"."challenges" USING btree ("subject","purpose");--> statement-breakpoint
CREATE INDEX "challenges_expires_at" ON "otp"."challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "outbox_in_hand" ON "otp"."outbox" USING btree ("id") WHERE settled_at is null;