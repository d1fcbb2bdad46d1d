import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { startRender } from "@/api/renders.ts";
import type { RenderJob } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";

/** Asks for the same job once more, and goes there. */
export function useRenderAgain() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (job: RenderJob) => startRender(job),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["renders"] });
      return navigate({ to: "/renders/$id", params: { id: started.id } });
    },
    onError: (error) => toast.failed("It could not be rendered again", error),
  });
}
