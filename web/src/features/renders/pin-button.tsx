import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { pinRender, renderQuery, renderStorageQuery } from "@/api/renders.ts";
import type { Render } from "@/api/types.ts";
import { KeepButton } from "@/components/keep-button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { theyLeave } from "@/lib/keep.ts";

/** Keeps an output for good where outputs go by themselves. */
export function PinButton({ render }: { render: Render }) {
  const cache = useQueryClient();
  const storage = useQuery(renderStorageQuery());
  const pin = useMutation({
    mutationFn: (pinned: boolean) => pinRender(render.id, pinned),
    onError: (error) => toast.failed("It could not be changed", error),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: renderQuery(render.id).queryKey });
      cache.invalidateQueries({ queryKey: ["renders"] });
    },
  });
  if (!render.output || !(render.pinned || theyLeave(storage.data))) return null;
  return <KeepButton pinned={render.pinned} busy={pin.isPending} onKeep={pin.mutate} />;
}
