ALTER TABLE "otp"."challenges" ADD COLUMN "channel" text DEFAULT 'EMAIL' NOT NULL;--> statement-breakpoint
ALTER TABLE "otp"."challenges" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "otp"."challenges" ADD COLUMN "address_digest" text;--> statement-breakpoint
ALTER TABLE "otp"."challenges" ADD COLUMN "prefix" "bytea";