import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { recordingQuery, saveRecording } from "@/api/recordings.ts";
import type { HealedStep, RecordedStep, RecordingDocument } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";
import { accepted, isAccepted, takenBack } from "./accept-healing.ts";

/** Puts what healing found into the recording, as a new revision, and takes it back as another. */
export function useAcceptHealing(recordingId: string, stepId: string, healed: HealedStep) {
  const cache = useQueryClient();
  const query = recordingQuery(recordingId);
  const recording = useQuery(query).data;

  /** On the latest revision: somebody may have edited since the run. */
  const save = async (change: (document: RecordingDocument) => RecordingDocument | undefined): Promise<RecordedStep | undefined> => {
    const latest = await cache.fetchQuery({ ...query, staleTime: 0 });
    const before = latest.document.actions.find((step) => step.id === stepId);
    const document = change(latest.document);
    if (!document) throw new Error("The recording no longer has this step.");
    cache.setQueryData(query.queryKey, await saveRecording(recordingId, document, latest.revision));
    cache.invalidateQueries({ queryKey: ["recordings"] });
    return before;
  };

  const undo = (before: RecordedStep) =>
    save((document) => takenBack(document, before)).then(
      () => toast.done("The step has its old selectors again"),
      (error) => toast.failed("The step could not be taken back", error),
    );

  const accept = useMutation({
    mutationFn: () => save((document) => accepted(document, stepId, healed)),
    onSuccess: (before) => toast.done("Accepted into the recording", before && { undo: () => void undo(before) }),
    onError: (error) => toast.failed("The recording could not be changed", error),
  });

  return {
    accept,
    /** Undefined until the recording is there. */
    isAccepted: recording && isAccepted(recording.document, stepId, healed),
    isGone: recording !== undefined && !recording.document.actions.some((step) => step.id === stepId),
  };
}
