import { Bandage } from "lucide-react";
import { useId } from "react";
import type { RunStep } from "@/api/types.ts";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";

interface RunStepsProps {
  steps: readonly RunStep[];
  shown: number | undefined;
  onChoose: (index: number) => void;
}

/** The steps with how each went. */
export function RunSteps({ steps, shown, onChoose }: RunStepsProps) {
  const id = useId();
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = steps.findIndex((step) => step.index === shown);
    const next = steps[Math.min(steps.length - 1, Math.max(0, at + by))];
    if (next) onChoose(next.index);
  };
  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label="Run steps"
      aria-activedescendant={shown === undefined ? undefined : `${id}-${shown}`}
      onKeyDown={onKeyDown}
      className="-outline-offset-2"
    >
      {steps.map((step) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the list
        <div
          key={step.index}
          id={`${id}-${step.index}`}
          role="option"
          tabIndex={-1}
          aria-selected={step.index === shown}
          aria-label={`Step ${step.index + 1}: ${step.title}, ${statusLook(step.status).word.toLowerCase()}${step.healed ? ", healed" : ""}`}
          onClick={() => onChoose(step.index)}
          className={cn(
            "relative flex min-h-9 items-center gap-2 border-b border-line py-1.5 pr-3 pl-3 select-none hover:bg-hover max-md:min-h-11",
            step.index === shown &&
              "bg-selected hover:bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent",
          )}
        >
          <StatusIcon status={step.status} />
          <span className="num w-5 shrink-0 text-right text-faint">{step.index + 1}</span>
          <span
            className={cn("min-w-0 flex-1 truncate", step.status === "pending" && "text-faint", step.status === "skipped" && "text-muted")}
          >
            {step.title}
          </span>
          {step.healed && (
            <span
              className="flex shrink-0 items-center gap-1 text-data text-warning-text"
              title="Performed on another element than recorded"
            >
              <Bandage className="size-3.5" aria-hidden />
              healed
            </span>
          )}
          {step.rounds > 1 && step.type !== "control" && (
            <span className="num shrink-0 text-muted" title={`Performed ${step.rounds} times`}>
              {step.rounds} rounds
            </span>
          )}
          {(step.retries ?? 0) > 0 && (
            <span className="num text-warning-text" title={`Tried ${(step.retries ?? 0) + 1} times`}>
              ×{(step.retries ?? 0) + 1}
            </span>
          )}
          <span className="num shrink-0 text-faint">
            {step.durationMs === undefined || step.durationMs === null || step.status === "skipped" ? "" : formatDuration(step.durationMs)}
          </span>
        </div>
      ))}
    </div>
  );
}
