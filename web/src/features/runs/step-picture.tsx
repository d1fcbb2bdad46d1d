import { Link } from "@tanstack/react-router";
import { pictureUrl } from "@/api/artifacts.ts";
import type { RunDetail, RunStep } from "@/api/types.ts";
import { Picture } from "@/components/picture.tsx";
import { StatusWord } from "@/components/status.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { formatDuration } from "@/lib/duration.ts";
import { SpotMark } from "./spot-mark.tsx";
import { StepFailure } from "./step-failure.tsx";
import { StepHealed } from "./step-healed.tsx";
import { StepVisual } from "./step-visual.tsx";

/** What the step did, what went wrong in plain words, and the page as it was. */
export function StepPicture({ run, step }: { run: RunDetail; step: RunStep }) {
  const picture = pictureUrl(step.screenshot);
  return (
    <div className="flex flex-col gap-4 p-6 max-md:p-4">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-h2 font-semibold break-words">
            <span className="num mr-2 text-faint">{step.index + 1}</span>
            {step.title}
          </h2>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted">
            <StatusWord status={step.status} />
            {step.durationMs !== undefined && step.durationMs !== null && step.status !== "skipped" && (
              <span className="num">· {formatDuration(step.durationMs)}</span>
            )}
            {step.matched && (
              <span className="min-w-0 truncate">
                · found by {step.matched.strategy} <code className="code text-ink">{step.matched.value}</code>
                {step.matched.index > 0 && <span className="text-warning-text"> (choice {step.matched.index + 1})</span>}
              </span>
            )}
          </p>
        </div>
        <Link
          to="/recordings/$id"
          params={{ id: run.recordingId }}
          search={{ step: step.index + 1 }}
          className={buttonStyle({ size: "sm" })}
        >
          Edit this step
        </Link>
      </header>
      {step.status === "skipped" && (
        <p className="rounded border border-line bg-surface px-3 py-2 text-muted">
          Not performed{step.skippedReason ? `: ${step.skippedReason}.` : "."}
        </p>
      )}
      {step.healed && <StepHealed run={run} step={step} healed={step.healed} />}
      {(step.error || step.expected) && <StepFailure step={step} />}
      {step.visual?.actual && <StepVisual run={run} step={step} visual={step.visual} />}
      {/* The pictures of the check show what this one would. */}
      {step.visual?.actual ? null : picture ? (
        <a href={picture} target="_blank" rel="noopener" className="relative w-fit overflow-hidden rounded-lg border border-line">
          <Picture
            src={picture}
            alt={`The page after step ${step.index + 1}${step.spot ? ", with the element of the step outlined" : ""}`}
            fit="contain"
            className="max-h-[62dvh] max-w-full"
          />
          {step.spot && <SpotMark spot={step.spot} />}
        </a>
      ) : (
        step.status !== "pending" && step.status !== "running" && <p className="text-muted">This step left no picture.</p>
      )}
      {step.url && (
        <p className="code truncate text-faint" title={step.url}>
          {step.url}
        </p>
      )}
    </div>
  );
}
