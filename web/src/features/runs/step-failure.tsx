import { CircleX } from "lucide-react";
import type { RunStep } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { sentence } from "@/lib/sentence.ts";

/** Why a step failed: the sentence, what was expected and found, and what was tried. */
export function StepFailure({ step }: { step: RunStep }) {
  const failed = step.status === "failed";
  const tried = step.error?.tried ?? [];
  return (
    <section
      aria-label={failed ? "Failure" : "Check"}
      className={cn("overflow-hidden rounded-lg border", failed ? "border-danger" : "border-line")}
    >
      {step.error && (
        <div className="flex items-start gap-2.5 bg-danger-soft px-4 py-3 text-danger-text">
          <CircleX className="mt-0.5 size-4 shrink-0" aria-hidden />
          <div className="min-w-0">
            <p className="font-medium break-words">{sentence(step.error.message)}</p>
            {step.error.detail && <p className="mt-0.5 break-words">{sentence(step.error.detail)}</p>}
          </div>
        </div>
      )}
      {(step.expected !== undefined || step.actual !== undefined) && (
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-4 gap-y-1.5 bg-surface px-4 py-3">
          <dt className="text-muted">Expected</dt>
          <dd className="code break-words whitespace-pre-wrap">{step.expected ?? "–"}</dd>
          <dt className="text-muted">Actual</dt>
          <dd className={cn("code break-words whitespace-pre-wrap", failed && "text-danger-text")}>{step.actual ?? "–"}</dd>
        </dl>
      )}
      {tried.length > 0 && (
        <div className="border-t border-line bg-surface px-4 py-3">
          <h3 className="mb-1 text-data font-medium text-muted">Tried selectors</h3>
          <ol className="flex flex-col gap-1">
            {tried.map((each) => (
              <li key={`${each.strategy} ${each.value}`} className="grid grid-cols-[96px_minmax(0,1fr)_auto] items-baseline gap-3">
                <span className="truncate text-data text-muted">{each.strategy}</span>
                <code className="code truncate" title={each.value}>
                  {each.value}
                </code>
                <span className="num text-muted">
                  {each.count === undefined
                    ? ""
                    : each.count === 0
                      ? "no match"
                      : `${each.count} ${each.count === 1 ? "match" : "matches"}`}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
