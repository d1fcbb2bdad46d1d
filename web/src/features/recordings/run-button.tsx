import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { startRun } from "@/api/runs.ts";
import type { RecordingSummary } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";

/** Starts a run with the usual options and goes to watch it. */
export function RunButton({ recording }: { recording: Pick<RecordingSummary, "id" | "name"> }) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const run = useMutation({
    mutationFn: () => startRun({ recordingId: recording.id }),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["runs"] });
      return navigate({ to: "/runs/$id", params: { id: started.id } });
    },
    onError: (error) => toast.failed("The run could not be started", error),
  });
  return (
    <Button
      size="sm"
      icon={<Play />}
      busy={run.isPending}
      aria-label={`Run ${recording.name}`}
      onClick={() => run.mutate()}
    >
      Run
    </Button>
  );
}
