CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE INDEX "users_created_at" ON "users"."users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_updated_at" ON "users"."users" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "users_display_name" ON "users"."users" USING btree (coalesce("display_name", ''),"id");--> statement-breakpoint
CREATE INDEX "users_roles" ON "users"."users" USING gin ("roles");--> statement-breakpoint
CREATE INDEX "users_search" ON "users"."users" USING gin ((lower(coalesce("display_name", '') || ' ' || coalesce("given_name", '') || ' ' || coalesce("family_name", '') || ' ' || coalesce("username", '') || ' ' || coalesce("email", ''))) gin_trgm_ops);