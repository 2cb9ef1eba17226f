CREATE TABLE "snapshots" (
	"exercise_id" text NOT NULL,
	"audience" text NOT NULL,
	"made_by" text NOT NULL,
	"position" integer NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "snapshots_exercise_id_audience_pk" PRIMARY KEY("exercise_id","audience")
);

--> statement-breakpoint
-- It is compressed already.
ALTER TABLE "snapshots" ALTER COLUMN "body" SET STORAGE EXTERNAL;
