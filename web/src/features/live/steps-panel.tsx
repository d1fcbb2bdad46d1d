import { ChevronRight, ListChecks, Lock } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Picture } from "@/components/picture.tsx";
import { SelectorList } from "@/components/selector-list.tsx";
import { Empty } from "@/components/states.tsx";
import { StepIcon } from "@/components/step-icon.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { activeTab } from "./live-model.ts";
import type { Box, StepView } from "./protocol.ts";
import { useLive } from "./use-live.ts";

/** The recorded steps as they happen. */
export function StepsPanel({ onGlow }: { onGlow: (box: Box | undefined) => void }) {
  const steps = useLive((model) => model.steps);
  const state = useLive((model) => model.session?.recording.state);
  const endRef = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is what scrolls the list
  useEffect(() => {
    endRef.current?.scrollIntoView({ block: "nearest" });
  }, [steps.length]);

  if (steps.length === 0) {
    return (
      <Empty icon={<ListChecks />} title={state === "recording" ? "Recording: act on the page" : "No steps yet"}>
        {state === "recording"
          ? "Each thing you do on the stage appears here as a step."
          : "Press Record, then work in the page. Each thing you do becomes a step with its selectors, value and picture."}
      </Empty>
    );
  }
  return (
    <>
      <ol aria-label="Steps">
        {steps.map((view) => (
          <StepRow key={view.index} view={view} onGlow={onGlow} />
        ))}
      </ol>
      <div ref={endRef} />
    </>
  );
}

/** A step's element glows only while its page is the one shown. */
function StepRow({ view, onGlow }: { view: StepView; onGlow: (box: Box | undefined) => void }) {
  const [unfolded, setUnfolded] = useState(false);
  const { step, title, picture, index } = view;
  const here = useLive((model) => !step.url || activeTab(model)?.url === step.url);
  const glow = () => onGlow(here ? step.box : undefined);
  const took = Number(step.completedAt) - Number(step.timestamp);
  return (
    <li
      aria-label={`Step ${index + 1}: ${title}`}
      className="border-b border-line"
      onPointerEnter={glow}
      onPointerLeave={() => onGlow(undefined)}
    >
      <button
        type="button"
        aria-expanded={unfolded}
        aria-label={`Show details of step ${index + 1}`}
        onClick={() => setUnfolded(!unfolded)}
        onFocus={glow}
        onBlur={() => onGlow(undefined)}
        className="flex w-full items-center gap-2 py-1.5 pr-2 pl-3 text-left -outline-offset-2 hover:bg-hover"
      >
        <span className="num w-5 shrink-0 text-right text-faint">{index + 1}</span>
        <ChevronRight className={cn("size-3.5 shrink-0 text-faint transition-transform", unfolded && "rotate-90")} aria-hidden />
        <StepIcon type={step.type} />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2">{title}</span>
        </span>
        {step.isSensitive && <Lock className="size-3.5 shrink-0 text-warning-text" aria-label="Masked" />}
        {took > 0 && <span className="num shrink-0 text-faint">{formatDuration(took)}</span>}
        {picture && <Picture src={picture} alt="" className="h-8 w-12 shrink-0 rounded-sm border border-line" />}
      </button>
      {unfolded && (
        <div className="flex flex-col gap-2 pr-3 pb-3 pl-12">
          {picture && (
            <Picture
              src={picture}
              alt={`Picture of step ${index + 1}`}
              fit="contain"
              className="max-h-48 w-full rounded border border-line"
            />
          )}
          {step.value !== undefined && (
            <p className="flex items-baseline gap-2">
              <span className="text-data text-faint">Value</span>
              <span className="code break-all">{String(step.value)}</span>
              {step.isSensitive && <span className="text-data text-warning-text">masked, a variable</span>}
            </p>
          )}
          {step.selectors && step.selectors.length > 0 && <SelectorList selectors={step.selectors} />}
        </div>
      )}
    </li>
  );
}
