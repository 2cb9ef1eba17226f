CREATE TABLE "files" (
	"exercise_id" text NOT NULL,
	"sha256" text NOT NULL,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"wall" bigint NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "files_exercise_id_sha256_owner_pk" PRIMARY KEY("exercise_id","sha256","owner")
);
