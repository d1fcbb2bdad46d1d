import { useMutation, useQueryClient } from "@tanstack/react-query";
import { approvePicture, runQuery, undoApproval } from "@/api/runs.ts";
import { toast } from "@/components/ui/toaster.tsx";

/** Makes the picture of a run's step the one that later runs compare with, and takes that back. */
export function useApprovePicture(runId: string, index: number) {
  const cache = useQueryClient();
  const { queryKey } = runQuery(runId);

  const undo = useMutation({
    mutationFn: () => undoApproval(runId, index),
    onSuccess: (run) => {
      cache.setQueryData(queryKey, run);
      toast.done("The approval was taken back");
    },
    onError: (error) => toast.failed("The approval could not be taken back", error),
  });

  const approve = useMutation({
    mutationFn: () => approvePicture(runId, index),
    onSuccess: (run) => {
      cache.setQueryData(queryKey, run);
      toast.done("The picture is approved", { undo: () => undo.mutate() });
    },
    onError: (error) => toast.failed("The picture could not be approved", error),
  });

  return { approve, undo };
}
