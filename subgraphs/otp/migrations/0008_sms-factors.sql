CREATE TABLE "otp"."sms_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"destination_masked" text NOT NULL,
	"enrolled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "otp"."sms_numbers" (
	"user_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	CONSTRAINT "sms_numbers_user_id_digest_pk" PRIMARY KEY("user_id","digest")
);
--> statement-breakpoint
ALTER TABLE "otp"."challenges" ADD COLUMN "flow" text;