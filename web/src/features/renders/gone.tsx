import { ImageOff, RotateCw } from "lucide-react";
import type { RenderDetail } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useRenderAgain } from "./use-render-again.ts";

const whyGone = { age: "Outputs are kept so long here.", space: "Newer outputs needed the room." } as const;

/** The output was removed by the rule for all outputs: when, why, and how to have it back. */
export function Gone({ render }: { render: RenderDetail }) {
  const again = useRenderAgain();
  if (!render.expired) return null;
  return (
    <div role="status" aria-label="Removed" className="flex w-140 max-w-full flex-col items-center gap-2 text-center">
      <ImageOff className="size-6 text-faint" aria-hidden />
      <p className="text-h3 font-semibold">This output was removed</p>
      <p className="text-muted">
        {whyGone[render.expired.why]} It went <Moment at={render.expired.at} />. Its job and figures stay.
      </p>
      <Button className="mt-1" tone="primary" icon={<RotateCw />} busy={again.isPending} onClick={() => again.mutate(render.job)}>
        Render it again
      </Button>
    </div>
  );
}
