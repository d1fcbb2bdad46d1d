import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { startRun } from "@/api/runs.ts";
import type { RecordingSummary } from "@/api/types.ts";
import { Button, type ButtonProps } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { cn } from "@/lib/class-names.ts";

interface RunButtonProps extends Pick<ButtonProps, "tone" | "size" | "className"> {
  recording: Pick<RecordingSummary, "id" | "name">;
  label?: string;
}

/** Starts a run with the usual options and goes to watch it. */
export function RunButton({ recording, label, size = "sm", className, ...look }: RunButtonProps) {
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
      {...look}
      size={size}
      className={cn(!label && "max-sm:min-w-11 max-sm:px-0", className as string)}
      icon={<Play />}
      busy={run.isPending}
      aria-label={label ?? `Run ${recording.name}`}
      onClick={() => run.mutate()}
    >
      {label ?? <span className="max-sm:hidden">Run</span>}
    </Button>
  );
}
