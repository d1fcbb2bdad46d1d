import { useMutation } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useRef } from "react";
import { planFilm } from "@/api/films.ts";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { sentence } from "@/lib/sentence.ts";
import { type Draft, type Problems, toOrder } from "./draft.ts";

interface PlanButtonProps {
  draft: Draft;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
}

/** Looks at the page and puts its tour into the storyboard editor, where it can be changed before it is filmed. */
export function PlanButton({ draft, problems, onChange }: PlanButtonProps) {
  const now = useRef(draft);
  now.current = draft;
  const plan = useMutation({ mutationFn: (asked: Draft) => planFilm(toOrder(asked)) });
  // Told to the call: whoever has left the form meanwhile is told nothing.
  const go = () =>
    plan.mutate(draft, {
      onSuccess: ({ yaml }) => {
        const { source, storyboard, title, url } = now.current;
        if (source !== draft.source || url !== draft.url) return;
        // The title card stands in the plan, as it was when that was asked for.
        onChange({ source: "storyboard", storyboard: yaml, title: title === draft.title ? "" : title });
        toast.info("The plan is in the editor; nothing is filmed yet", { undo: () => onChange({ source, storyboard, title }) });
      },
    });
  const isSame = plan.variables?.url === draft.url;
  return (
    <div className="flex w-full flex-wrap items-center gap-x-3 gap-y-2">
      <Button icon={<ListChecks />} busy={plan.isPending} disabled={Object.keys(problems).length > 0} onClick={go}>
        Plan first
      </Button>
      <p role="status" aria-label="Plan" className="min-w-0 flex-1 break-words text-data text-muted">
        {plan.isPending && "Looking at the page…"}
        {plan.error && isSame && <span className="text-danger-text">{sentence(plan.error.message)}</span>}
      </p>
    </div>
  );
}
