CREATE TABLE "passwords"."spent_grants" (
	"jti" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spent_grants_expires_at" ON "passwords"."spent_grants" USING btree ("expires_at");