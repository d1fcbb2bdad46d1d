import { Bandage, Check } from "lucide-react";
import type { HealedStep, RunDetail, RunStep } from "@/api/types.ts";
import { SelectorList } from "@/components/selector-list.tsx";
import { Button } from "@/components/ui/button.tsx";
import { sentence } from "@/lib/sentence.ts";
import { selectorsOf } from "./accept-healing.ts";
import { useAcceptHealing } from "./use-accept-healing.ts";

/** That a step was performed on another element than the recording names: which, instead of which, and how sure that is. */
export function StepHealed({ run, step, healed }: { run: RunDetail; step: RunStep; healed: HealedStep }) {
  const { before, after, score, runnerUp } = healed;
  const selectors = selectorsOf(healed);
  return (
    <section aria-label="Healed" className="overflow-hidden rounded-lg border border-warning">
      <div className="flex items-start gap-2.5 bg-warning-soft px-4 py-3 text-warning-text">
        <Bandage className="mt-0.5 size-4 shrink-0" aria-hidden />
        <div className="min-w-0">
          <p className="font-medium">Healed: no selector of the recording finds its element any more.</p>
          <p className="mt-0.5">
            The step was performed on the one that is clearly most like it, {percent(score)} alike
            {runnerUp ? `; next comes the ${runnerUp.description} with ${percent(runnerUp.score)}.` : "; no other comes near."}
          </p>
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-px bg-line max-md:grid-cols-1">
        <div className="min-w-0 bg-surface px-4 py-3">
          <dt className="text-data font-medium text-muted">Before</dt>
          <dd className="mt-1 flex flex-col gap-1">
            <span className="break-words">{before.description}</span>
            <span className="flex items-baseline gap-2">
              <span className="shrink-0 text-data text-muted">{before.strategy}</span>
              <code className="code min-w-0 break-all line-through decoration-danger">{before.value}</code>
            </span>
          </dd>
        </div>
        <div className="min-w-0 bg-surface px-4 py-3">
          <dt className="text-data font-medium text-muted">After</dt>
          <dd className="mt-1 flex flex-col gap-1.5">
            <span className="break-words">{sentence(after.description)}</span>
            <SelectorList selectors={selectors} />
          </dd>
        </div>
      </dl>
      <div className="border-t border-line bg-surface px-4 py-2.5">
        {step.type === "include" ? (
          <p className="text-muted">The element is that of a step of the included recording: change it there.</p>
        ) : selectors.length > 0 ? (
          <Accept run={run} step={step} healed={healed} />
        ) : (
          <p className="text-muted">Every selector of the element holds a secret, so none was kept.</p>
        )}
      </div>
    </section>
  );
}

function Accept({ run, step, healed }: { run: RunDetail; step: RunStep; healed: HealedStep }) {
  const { accept, isAccepted, isGone } = useAcceptHealing(run.recordingId, step.id, healed);
  if (isAccepted) {
    return (
      <p role="status" className="flex items-center gap-2 text-success-text">
        <Check className="size-4 shrink-0" aria-hidden />
        The recording looks for the new element first.
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button
        tone="primary"
        size="sm"
        busy={accept.isPending}
        disabled={isAccepted === undefined || isGone}
        onClick={() => accept.mutate()}
      >
        Accept into the recording
      </Button>
      <p className="min-w-0 flex-1 basis-60 text-data text-muted">
        {isGone
          ? "The recording no longer has this step."
          : "Only when this is the element that was meant. The old names stay behind the new ones."}
      </p>
    </div>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
