import { Check, Undo2 } from "lucide-react";
import { useState } from "react";
import { pictureUrl } from "@/api/artifacts.ts";
import type { RunDetail, RunStep, VisualStep } from "@/api/types.ts";
import { BeforeAfter } from "@/components/before-after.tsx";
import { Picture } from "@/components/picture.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { useApprovePicture } from "./use-approve-picture.ts";

type View = "difference" | "slide" | "expected" | "actual";

const names: Record<View, string> = { difference: "Difference", slide: "Slide", expected: "Expected", actual: "Actual" };

/** The pictures of a visual check that failed, and the way to approve what was seen. */
export function StepVisual({ run, step, visual }: { run: RunDetail; step: RunStep; visual: VisualStep }) {
  const [wanted, setWanted] = useState<View>();
  const pictures = { difference: pictureUrl(visual.difference), expected: pictureUrl(visual.expected), actual: pictureUrl(visual.actual) };
  const views = viewsOf(visual);
  const view = wanted && views.includes(wanted) ? wanted : (views[0] ?? "actual");
  return (
    <section aria-label="Pictures" className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        {views.length > 1 ? (
          <Segmented
            label="Picture"
            value={view}
            choices={views.map((value) => ({ value, label: names[value] }))}
            onChange={setWanted}
            className="max-w-full overflow-x-auto"
          />
        ) : (
          <h3 className="font-medium">What was seen</h3>
        )}
        <p className="num text-data text-muted">
          {visual.width} × {visual.height} px · {run.browser} at {visual.screen.replace("x", " × ")}
        </p>
      </div>
      {/* Stripes show through where masks have cut holes. */}
      <div className="overflow-auto bg-sunken p-4 max-md:p-2 [&_img]:bg-[repeating-linear-gradient(45deg,var(--line)_0_6px,var(--hover)_6px_12px)]">
        {view === "slide" && pictures.expected && pictures.actual ? (
          <BeforeAfter
            before={pictures.expected}
            after={pictures.actual}
            names={["Expected", "Actual"]}
            alts={["The approved picture", "What was seen in this run"]}
          />
        ) : (
          <a
            href={pictures[view === "slide" ? "actual" : view]}
            target="_blank"
            rel="noopener"
            className="block w-fit overflow-hidden rounded-lg border border-line"
          >
            <Picture
              key={view}
              src={pictures[view === "slide" ? "actual" : view]}
              alt={altOf(view)}
              fit="contain"
              className="max-h-[62dvh] max-w-full"
            />
          </a>
        )}
      </div>
      <Legend view={view} visual={visual} />
      {visual.verdict !== "same" && <Approval run={run} step={step} visual={visual} />}
    </section>
  );
}

/** A picture of another size cannot be laid over the approved one. */
function viewsOf(visual: VisualStep): View[] {
  if (!visual.expected) return ["actual"];
  if (visual.difference) return ["difference", "slide", "expected", "actual"];
  return ["actual", "expected"];
}

function altOf(view: View): string {
  if (view === "expected") return "The approved picture";
  if (view === "difference") return "What differs, in red";
  return "What was seen in this run";
}

function Legend({ view, visual }: { view: View; visual: VisualStep }) {
  const lines = [
    view === "difference" && "Red differs; yellow is the edge of a shape that was only smoothed in another way; grey is masked.",
    view !== "difference" && visual.actual && "Stripes, where there are any, are masked.",
    !visual.isStill && "The page did not stand still while this was taken; mask what moves.",
  ].filter((line) => line !== false);
  return <p className="border-t border-line px-4 py-2 text-data text-muted">{lines.join(" ")}</p>;
}

function Approval({ run, step, visual }: { run: RunDetail; step: RunStep; visual: VisualStep }) {
  const { approve, undo } = useApprovePicture(run.id, step.index);
  if (visual.approved) {
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5">
        <p role="status" className="flex min-w-0 flex-1 basis-60 items-center gap-2 text-success-text">
          <Check className="size-4 shrink-0" aria-hidden />
          Approved: later runs compare with this picture.
        </p>
        <Button size="sm" icon={<Undo2 />} busy={undo.isPending} onClick={() => undo.mutate()}>
          Undo approval
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5">
      <Button tone="primary" size="sm" busy={approve.isPending} onClick={() => approve.mutate()}>
        Approve this picture
      </Button>
      <p className="min-w-0 flex-1 basis-60 text-data text-muted">
        Only when the page is meant to look like this. Later runs on {run.browser} compare with it.
      </p>
    </div>
  );
}
