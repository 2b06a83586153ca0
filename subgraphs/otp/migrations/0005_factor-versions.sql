CREATE TABLE "otp"."factor_versions" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL
);
