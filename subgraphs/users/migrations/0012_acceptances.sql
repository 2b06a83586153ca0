ALTER TABLE "users"."invitations" ADD COLUMN "credential_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_credential_id" ON "users"."invitations" USING btree ("credential_id");