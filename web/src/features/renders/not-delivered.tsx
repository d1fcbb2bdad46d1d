import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CloudUpload, TriangleAlert } from "lucide-react";
import { deliverRender, renderQuery } from "@/api/renders.ts";
import type { RenderDetail } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { Output } from "./output.tsx";

/** What was made and did not arrive: why, another try, and the output itself, which is kept. */
export function NotDelivered({ render }: { render: RenderDetail }) {
  const cache = useQueryClient();
  const again = useMutation({
    mutationFn: () => deliverRender(render.id),
    onError: (error) => toast.failed("It could not be delivered", error),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: renderQuery(render.id).queryKey });
      cache.invalidateQueries({ queryKey: ["renders"] });
    },
  });
  return (
    <div className="flex max-h-full min-h-0 w-160 max-w-full flex-col gap-3">
      <div role="alert" className="shrink-0 rounded-lg border border-danger bg-surface px-4 py-3">
        <p className="flex items-center gap-2 font-semibold text-danger-text">
          <TriangleAlert className="size-4 shrink-0" aria-hidden />
          Not delivered
        </p>
        <p className="mt-1 break-words whitespace-pre-wrap">{render.error?.message ?? "It was cancelled on its way."}</p>
        <p className="mt-1 text-muted">The output is kept here. Nothing has to be drawn again.</p>
        <Button className="mt-2" icon={<CloudUpload />} busy={again.isPending} onClick={() => again.mutate()}>
          Deliver again
        </Button>
      </div>
      <div className="flex min-h-0 flex-1 items-center justify-center">
        <Output render={render} />
      </div>
    </div>
  );
}
