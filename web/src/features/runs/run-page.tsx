import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { runQuery } from "@/api/runs.ts";
import type { RunDetail } from "@/api/types.ts";
import { Failure, Skeleton, SkeletonRows } from "@/components/states.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { RunHeader } from "./run-header.tsx";
import { RunSteps } from "./run-steps.tsx";
import { StepMoment } from "./step-moment.tsx";
import { Timeline } from "./timeline.tsx";
import { useRunEvents } from "./use-run-events.ts";
import { failedStep } from "./verdict.ts";

export function RunPage() {
  const { id } = useParams({ from: "/frame/runs/$id" });
  const run = useQuery(runQuery(id));
  const { connected } = useRunEvents(run.data);
  useNamePlace(run.data?.recordingName);

  if (run.isError) return <Failure heading="h1" className="py-24" what="This run cannot be shown" error={run.error} retry={run.refetch} />;
  if (!run.data) {
    return (
      <div aria-busy="true" className="flex h-full flex-col">
        <div className="flex flex-col gap-2 border-b border-line bg-surface px-6 py-4 max-md:px-4">
          <Skeleton className="h-7 w-64 max-w-full" />
          <Skeleton className="h-4 w-96 max-w-full" />
        </div>
        <Skeleton className="h-24 shrink-0 rounded-none opacity-60 max-md:hidden" />
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <SkeletonRows rows={8} className="w-[min(420px,36%)] shrink-0 border-r border-line max-md:w-full max-md:border-r-0" />
          <div className="flex-1 p-6 max-md:hidden">
            <Skeleton className="mb-4 h-6 w-72" />
            <Skeleton className="aspect-video max-w-200 rounded-lg" />
          </div>
        </div>
      </div>
    );
  }
  return <Shown key={id} run={run.data} connected={connected} />;
}

function Shown({ run, connected }: { run: RunDetail; connected: boolean }) {
  const { step } = useSearch({ from: "/frame/runs/$id" });
  const navigate = useNavigate({ from: "/runs/$id" });
  const listRef = useRef<HTMLDivElement>(null);
  const running = run.steps.find((each) => each.status === "running");
  const failed = failedStep(run);
  // Without a choice in the address the interesting step opens by itself.
  const number = step ?? (running ? running.index + 1 : undefined) ?? failed ?? lastDone(run);
  const shown = run.steps.find((each) => each.index === number - 1) ?? run.steps[0];
  const choose = (next: number) => navigate({ search: (old) => ({ ...old, step: next }), replace: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown step is what must be seen
  useEffect(() => {
    listRef.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [shown?.index]);

  return (
    <div className="flex h-full flex-col max-md:block">
      <RunHeader run={run} connected={connected} />
      <Timeline run={run} shown={shown?.index} onChoose={(index) => choose(index + 1)} />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <div
          ref={listRef}
          className="w-[min(420px,36%)] shrink-0 overflow-auto border-r border-line max-md:max-h-72 max-md:w-full max-md:border-r-0 max-md:border-b"
        >
          <RunSteps steps={run.steps} shown={shown?.index} onChoose={(index) => choose(index + 1)} />
        </div>
        <div className="min-h-0 min-w-0 flex-1 overflow-auto">
          {shown ? (
            <StepMoment run={run} step={shown} />
          ) : (
            <p className="p-8 text-center text-muted">
              {run.error ? run.error.message : "The first step appears here when a worker takes the run."}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function lastDone(run: RunDetail): number {
  const done = run.steps.filter((step) => step.status === "passed" || step.status === "failed");
  return (done.at(-1)?.index ?? 0) + 1;
}
