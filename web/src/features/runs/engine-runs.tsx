import { Link } from "@tanstack/react-router";
import type { RunDetail } from "@/api/types.ts";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { sentence } from "@/lib/sentence.ts";
import { runLabel } from "./verdict.ts";

/** The runs that were asked for together, to go from one to the other. */
export function EngineRuns({ run }: { run: RunDetail }) {
  if (!run.group) return null;
  return (
    <nav aria-label="Runs together" className="mt-3 flex max-h-40 flex-wrap gap-1.5 overflow-auto">
      {run.group.runs.map((one) => {
        const shown = one.id === run.id;
        return (
          <Link
            key={one.id}
            to="/runs/$id"
            params={{ id: one.id }}
            search={{}}
            aria-current={shown ? "page" : undefined}
            className={cn(
              "flex h-8 items-center gap-2 rounded border px-2.5 hover:bg-hover max-md:h-11",
              shown ? "border-accent bg-raised font-medium" : "border-line text-muted",
            )}
          >
            <StatusIcon status={one.status} />
            {sentence(runLabel(one, run.group?.runs ?? []))}
            <span className="sr-only">{statusLook(one.status).word}</span>
            <span className="num text-data text-faint">
              {one.stepsPassed} of {one.stepsTotal}
              {one.durationMs !== undefined && one.durationMs !== null && ` · ${formatDuration(one.durationMs)}`}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
