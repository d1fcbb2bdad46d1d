import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, ImagePlay } from "lucide-react";
import { cancelRender, isEnded, renderQuery } from "@/api/renders.ts";
import type { Render, RenderDetail } from "@/api/types.ts";
import { Empty } from "@/components/states.tsx";
import { statusLook } from "@/components/status.tsx";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { Gone } from "./gone.tsx";
import { NotDelivered } from "./not-delivered.tsx";
import { isShown, Output } from "./output.tsx";

/** The output, how far it is, or why there is none. */
export function RenderStage({ render, connected }: { render: RenderDetail | undefined; connected: boolean }) {
  return (
    <div className="relative flex min-h-0 flex-1 items-center justify-center overflow-hidden bg-stage p-4 max-md:min-h-[92vw] max-md:p-2">
      {!render && (
        <Empty icon={<ImagePlay />} title="Nothing on the stage">
          Press Render and the picture or film appears here. Every frame is drawn on command: the same code and seed give the same bytes.
        </Empty>
      )}
      {render && !isEnded(render) && <Going render={render} connected={connected} />}
      {render?.expired && <Gone render={render} />}
      {render?.status === "done" &&
        !render.expired &&
        (isShown(render) ? (
          <Output render={render} />
        ) : (
          <p className="text-muted">
            This output has no picture of its own.{" "}
            <a href={render.output ?? undefined} download className="underline">
              Download it
            </a>
          </p>
        ))}
      {isUndelivered(render) && <NotDelivered render={render} />}
      {render?.status === "cancelled" && !render.output && !render.expired && (
        <p className="text-muted">Cancelled after {render.framesDone} frames. Nothing was kept.</p>
      )}
      {render?.status === "failed" && !render.output && !render.expired && (
        <div role="alert" className="max-h-full max-w-160 overflow-auto rounded-lg border border-danger bg-surface px-4 py-3">
          <p className="font-semibold text-danger-text">
            {render.error?.ofTheCode ? "The code cannot be drawn" : "It could not be rendered"}
          </p>
          <p className="mt-1 break-words whitespace-pre-wrap">{render.error?.message ?? "No reason was given."}</p>
        </div>
      )}
    </div>
  );
}

/** Whether there is an output that did not arrive where it was to go. */
function isUndelivered(render: RenderDetail | undefined): render is RenderDetail {
  return Boolean(render?.output) && (render?.status === "failed" || render?.status === "cancelled");
}

function Going({ render, connected }: { render: Render; connected: boolean }) {
  const cache = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelRender(render.id),
    onError: (error) => toast.failed("It could not be cancelled", error),
    onSettled: () => cache.invalidateQueries({ queryKey: renderQuery(render.id).queryKey }),
  });
  const total = Math.max(1, render.framesTotal);
  return (
    <div className="flex w-72 max-w-full flex-col items-center gap-3">
      <p role="status" className="text-muted">
        {render.status === "queued" && "Waits for a worker"}
        {render.status === "rendering" && (render.framesTotal > 1 ? `Frame ${render.framesDone} of ${render.framesTotal}` : "Drawing")}
        {render.status === "delivering" && "Delivering and checking what arrived"}
        {!connected && <span className="text-warning-text"> · reconnecting…</span>}
      </p>
      <span
        role="progressbar"
        aria-label={statusLook(render.status).word}
        aria-valuenow={render.framesDone}
        aria-valuemin={0}
        aria-valuemax={total}
        className="h-1.5 w-full overflow-hidden rounded-full bg-line"
      >
        <span className="block h-full bg-accent transition-[width]" style={{ width: `${(render.framesDone / total) * 100}%` }} />
      </span>
      <Button size="sm" icon={<Ban />} busy={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
    </div>
  );
}
