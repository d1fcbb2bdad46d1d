import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Ban, RotateCw } from "lucide-react";
import { cancelRun, retryRun, runQuery } from "@/api/runs.ts";
import type { RunDetail } from "@/api/types.ts";
import { CopyId } from "@/components/copy-id.tsx";
import { Moment } from "@/components/moment.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { browserName } from "@/lib/engines.ts";
import { isOver } from "@/lib/run-status.ts";
import { useNow } from "@/lib/use-now.ts";
import { EngineRuns } from "./engine-runs.tsx";
import { verdict } from "./verdict.ts";

/** The verdict first, then whose, where and when. */
export function RunHeader({ run, connected }: { run: RunDetail; connected: boolean }) {
  const now = useNow();
  const look = statusLook(run.status);
  const over = isOver(run.status);
  const done = run.stepsPassed + run.stepsFailed + run.stepsSkipped;
  const duration = run.durationMs ?? (run.startedAt && !over ? Math.max(0, now - Date.parse(run.startedAt)) : undefined);
  return (
    <header className="relative shrink-0 border-b border-line bg-surface px-6 py-3.5 max-md:px-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="sr-only">{run.recordingName}</h1>
          <p role="status" aria-label="Verdict" className={cn("flex items-center gap-2 text-h1 font-semibold max-md:text-h2", look.text)}>
            <StatusIcon status={run.status} className="size-5.5" />
            {verdict(run)}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted">
            <Link
              to="/recordings/$id"
              params={{ id: run.recordingId }}
              className="font-medium break-words text-ink hover:underline max-md:line-clamp-2 max-md:basis-full"
            >
              {run.recordingName}
            </Link>
            <span aria-hidden className="max-md:hidden">
              ·
            </span>
            {browserName(run.browser)}
            <span aria-hidden>·</span>
            <span className="num">{formatDuration(duration)}</span>
            <span aria-hidden>·</span>
            <Moment at={run.startedAt ?? run.createdAt} />
            {(run.attempt ?? 1) > 1 && (
              <>
                <span aria-hidden>·</span>
                <span className="text-warning-text" title="A worker was lost; another took the run up again">
                  attempt {run.attempt}
                </span>
              </>
            )}
            <CopyId id={run.id} label="Copy run id" />
            {!connected && !over && <span className="text-warning-text">reconnecting…</span>}
          </p>
          {run.error && run.status !== "passed" && !run.steps.some((step) => step.error) && (
            <p role="alert" className="mt-2 max-w-180 text-danger-text">
              {run.error.message}
            </p>
          )}
        </div>
        <Actions run={run} />
      </div>
      <EngineRuns run={run} />
      {!over && (
        <span
          role="progressbar"
          aria-label="Progress"
          aria-valuenow={done}
          aria-valuemin={0}
          aria-valuemax={run.stepsTotal}
          className="absolute inset-x-0 -bottom-px h-0.5 bg-line"
        >
          <span className="block h-full bg-accent transition-[width]" style={{ width: `${(done / Math.max(1, run.stepsTotal)) * 100}%` }} />
        </span>
      )}
    </header>
  );
}

function Actions({ run }: { run: RunDetail }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onError: (error) => toast.failed("The run could not be cancelled", error),
    onSettled: () => cache.invalidateQueries({ queryKey: runQuery(run.id).queryKey }),
  });
  const again = useMutation({
    mutationFn: () => retryRun(run.id),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["runs"] });
      return navigate({ to: "/runs/$id", params: { id: started.id }, search: {} });
    },
    onError: (error) => toast.failed("The run could not be started", error),
  });
  if (!isOver(run.group?.status ?? run.status)) {
    return (
      <Button icon={<Ban />} busy={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel run
      </Button>
    );
  }
  return (
    <Button tone={run.status === "passed" ? "plain" : "primary"} icon={<RotateCw />} busy={again.isPending} onClick={() => again.mutate()}>
      Run again
    </Button>
  );
}
