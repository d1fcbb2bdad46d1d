import { Link } from "@tanstack/react-router";
import { pictureUrl } from "@/api/artifacts.ts";
import type { RecordedStep, RunDetail } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Picture } from "@/components/picture.tsx";
import { StatusWord } from "@/components/status.tsx";

interface LastSeenProps {
  run: RunDetail;
  step: RecordedStep;
  number: number;
}

/** The page as this step left it when the recording was last performed. */
export function LastSeen({ run, step, number }: LastSeenProps) {
  const seen = run.steps.find((each) => each.id === step.id);
  const picture = pictureUrl(seen?.screenshot);
  if (!seen || !picture) return null;
  return (
    <Link
      to="/runs/$id"
      params={{ id: run.id }}
      search={{ step: seen.index + 1 }}
      className="group/seen block w-fit overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-line-strong"
    >
      <Picture
        src={picture}
        alt={`The page after step ${number} in the last run`}
        className="aspect-video w-96 max-w-full border-b border-line"
      />
      <span className="flex items-center gap-2 px-3 py-1.5 text-data text-muted group-hover/seen:text-ink">
        In the last run
        <StatusWord status={seen.status} />
        <Moment at={run.finishedAt ?? run.createdAt} className="ml-auto" />
      </span>
    </Link>
  );
}
