DROP INDEX "users"."users_roles";--> statement-breakpoint
CREATE INDEX "users_with_roles" ON "users"."users" USING btree ("created_at","id") WHERE roles <> '{user}';