ALTER TABLE "auth"."devices" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."devices" ADD COLUMN "trusted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "auth"."devices" ADD COLUMN "device" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "devices_id" ON "auth"."devices" USING btree ("id");