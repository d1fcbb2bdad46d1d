import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { runsQuery } from "@/api/runs.ts";
import type { Run } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Section } from "@/components/section.tsx";
import { Failure, Skeleton } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Tip } from "@/components/ui/tip.tsx";
import { wholeVerdict } from "@/features/runs/verdict.ts";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { wholeFigures, wholeStatus } from "@/lib/run-status.ts";

/** The last runs as a strip of coloured ticks, newest on the right, and the newest few in words. */
export function LastRuns() {
  const runs = useQuery(runsQuery({ limit: 40 }));
  const items = runs.data?.items ?? [];
  return (
    <Section
      title="Last runs"
      actions={
        <Link
          to="/runs"
          className="flex items-center rounded px-1 text-data text-muted hover:text-ink max-md:min-h-11 max-md:min-w-11 max-md:justify-end"
        >
          All runs
        </Link>
      }
    >
      <div className="rounded-lg border border-line bg-surface">
        {runs.isPending && <LoadingRuns />}
        {runs.isError && <Failure what="Runs could not be loaded" error={runs.error} retry={runs.refetch} compact />}
        {runs.data && items.length === 0 && (
          <p className="px-4 py-6 text-center text-balance text-muted">No runs yet. Run a recording to see how it goes.</p>
        )}
        {items.length > 0 && (
          <>
            <div className="flex h-16 items-end justify-end gap-[3px] border-b border-line px-4 py-3">
              {[...items].reverse().map((run) => (
                <Tick key={run.id} run={run} slowest={Math.max(...items.map((each) => wholeFigures(each).durationMs ?? 0), 1)} />
              ))}
            </div>
            <ul>
              {items.slice(0, 6).map((run) => (
                <li key={run.id} className="border-b border-line last:border-0">
                  <Link
                    to="/runs/$id"
                    params={{ id: run.id }}
                    data-row
                    className="flex min-h-9 items-center gap-2.5 px-4 py-1.5 -outline-offset-2 hover:bg-hover"
                  >
                    <StatusIcon status={wholeStatus(run)} />
                    <span className="min-w-0 flex-1 truncate">{run.recordingName}</span>
                    <span className="sr-only">{statusLook(wholeStatus(run)).word}</span>
                    <Moment at={run.createdAt} />
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Section>
  );
}

function LoadingRuns() {
  return (
    <div aria-busy="true">
      <div className="flex h-16 items-end justify-end border-b border-line px-4 py-3">
        <Skeleton className="h-8 w-1/2" />
      </div>
      {[0, 1, 2, 3].map((each) => (
        <div key={each} className="flex h-9 items-center gap-2.5 border-b border-line px-4 last:border-0">
          <Skeleton className="size-4 rounded-full" />
          <Skeleton className="h-3 w-1/2" />
          <Skeleton className="ml-auto h-3 w-14" />
        </div>
      ))}
    </div>
  );
}

function Tick({ run, slowest }: { run: Run; slowest: number }) {
  const look = statusLook(wholeStatus(run));
  const height = Math.max(0.3, (wholeFigures(run).durationMs ?? 0) / slowest);
  return (
    <Tip
      side="top"
      text={
        <span className="flex flex-col">
          <strong className="font-medium">{run.recordingName}</strong>
          <span className={look.text}>
            {wholeVerdict(run)} · {formatDuration(wholeFigures(run).durationMs)}
          </span>
        </span>
      }
    >
      <Link
        to="/runs/$id"
        params={{ id: run.id }}
        aria-label={`${run.recordingName}: ${wholeVerdict(run).toLowerCase()}`}
        className="flex h-full max-w-4 min-w-1 flex-1 items-end"
      >
        <span
          className={cn("w-full rounded-[2px] transition-opacity hover:opacity-70", look.fill, look.spin && "breathe")}
          style={{ height: `${height * 100}%` }}
        />
      </Link>
    </Tip>
  );
}
