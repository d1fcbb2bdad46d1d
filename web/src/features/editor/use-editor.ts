import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { ApiError } from "@/api/api-error.ts";
import { recordingQuery, saveRecording } from "@/api/recordings.ts";
import type { Recording } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";
import { isDirty, openEditor, reduceEditor } from "./editor-state.ts";

/** The editor of one recording: its state, saving, and what happens when somebody else saved first. */
export function useEditor(recording: Recording, step: number | undefined) {
  const cache = useQueryClient();
  const [conflict, setConflict] = useState<Recording>();
  const [state, dispatch] = useReducer(reduceEditor, undefined, () =>
    openEditor(recording.document, recording.revision, recording.document.actions[(step ?? 1) - 1]?.id),
  );
  const dirty = isDirty(state);

  // A fresh answer of the server replaces what is shown unless there is something to lose.
  useEffect(() => {
    if (recording.revision > state.revision && !dirty) {
      dispatch({ do: "load", document: recording.document, revision: recording.revision });
    }
  }, [recording, state.revision, dirty]);

  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);

  const save = useMutation({
    mutationFn: ({ revision }: { revision: number }) => saveRecording(recording.id, state.document, revision),
    onSuccess: (saved, _, __) => {
      dispatch({ do: "saved", document: state.document, revision: saved.revision });
      setConflict(undefined);
      cache.setQueryData(recordingQuery(recording.id).queryKey, saved);
      cache.invalidateQueries({ queryKey: ["recordings"] });
      toast.done("Saved");
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.conflict) {
        setConflict(await cache.fetchQuery({ ...recordingQuery(recording.id), staleTime: 0 }));
      } else toast.failed("It could not be saved", error);
    },
  });

  return {
    id: recording.id,
    state,
    dispatch,
    dirty,
    saving: save.isPending,
    save: () => dirty && save.mutate({ revision: state.revision }),
    conflict,
    loadTheirs: () => {
      if (conflict) dispatch({ do: "load", document: conflict.document, revision: conflict.revision });
      setConflict(undefined);
    },
    keepMine: () => conflict && save.mutate({ revision: conflict.revision }),
    closeConflict: () => setConflict(undefined),
  };
}

export type Editor = ReturnType<typeof useEditor>;
