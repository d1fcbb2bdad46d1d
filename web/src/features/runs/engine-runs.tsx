import { Link } from "@tanstack/react-router";
import type { RunDetail } from "@/api/types.ts";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { browserName } from "@/lib/engines.ts";

/** The same run on each of its engines, to go from one to the other. */
export function EngineRuns({ run }: { run: RunDetail }) {
  if (!run.group) return null;
  return (
    <nav aria-label="Browsers of this run" className="mt-3 flex flex-wrap gap-1.5">
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
            {browserName(one.browser)}
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
