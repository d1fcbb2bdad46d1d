import { useRef } from "react";
import { CodeField } from "@/components/code-field.tsx";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { cn } from "@/lib/class-names.ts";
import type { Draft, Problems } from "./draft.ts";
import { sample } from "./sample.ts";
import { mistakeIn } from "./storyboard-text.ts";

interface StoryboardEditorProps {
  draft: Draft;
  problems: Problems;
  /** A line that the server would not perform. */
  badLine: number | undefined;
  onChange: (change: Partial<Draft>) => void;
  onApply: () => void;
}

/** The script as text; what cannot be read is said while it is written. */
export function StoryboardEditor({ draft, problems, badLine, onChange, onApply }: StoryboardEditorProps) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const line = mistakeIn(draft.storyboard)?.line ?? badLine;
  const begin = () => {
    const before = draft.storyboard;
    onChange({ storyboard: sample });
    if (before.trim() && before !== sample) toast.info("The sample is in the editor", { undo: () => onChange({ storyboard: before }) });
    fieldRef.current?.focus();
  };
  return (
    <div className="flex min-h-80 flex-1 flex-col max-md:h-96 max-md:flex-none">
      <CodeField
        ref={fieldRef}
        label="Storyboard"
        value={draft.storyboard}
        problems={line ? [line] : []}
        onChange={(storyboard) => onChange({ storyboard })}
        onApply={onApply}
      />
      <div className="flex shrink-0 items-center gap-2 border-t border-line bg-surface px-3 py-1.5 text-data">
        <p
          role="status"
          aria-label="Storyboard problem"
          className={cn("min-w-0 flex-1 break-words", problems.storyboard ? "text-danger-text" : "text-muted")}
        >
          {problems.storyboard ?? "YAML or JSON, a step does one thing"}
        </p>
        <Button size="sm" tone="quiet" onClick={begin}>
          Sample
        </Button>
      </div>
    </div>
  );
}
