import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { startRun } from "@/api/runs.ts";
import type { RecordingDocument, RecordingSummary } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { DataField } from "./data-field.tsx";
import { asUsual, requested } from "./performing.ts";
import { BrowserFields, PerformingFields } from "./performing-fields.tsx";
import { givenOf, type Values } from "./values.ts";
import { VariableFields } from "./variable-fields.tsx";

interface RunDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  recording: RecordingSummary;
  document: RecordingDocument;
  unsaved: boolean;
}

/** How to run it, and the values that are not in the recording. */
export function RunDialog({ open, onOpenChange, recording, document, unsaved }: RunDialogProps) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [performing, setPerforming] = useState(asUsual);
  const [variables, setVariables] = useState<Values>({});
  const [data, setData] = useState("");

  const run = useMutation({
    mutationFn: () =>
      startRun({
        recordingId: recording.id,
        ...requested(performing),
        data: data.trim() === "" ? undefined : data,
        variables: givenOf(variables),
      }),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["runs"] });
      onOpenChange(false);
      return navigate({ to: "/runs/$id", params: { id: started.id } });
    },
  });

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Run recording"
      description={unsaved ? "The saved revision runs; what you changed since is not in it." : recording.name}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" icon={<Play />} busy={run.isPending} onClick={() => run.mutate()}>
            Start run
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate();
        }}
      >
        <VariableFields document={document} values={variables} onChange={setVariables} className="sm:col-span-2" />
        <DataField document={document} text={data} onChange={setData} />
        <BrowserFields value={performing} onChange={setPerforming} />
        <PerformingFields value={performing} onChange={setPerforming} />
        <button type="submit" hidden />
        {run.error && (
          <p role="alert" className="text-danger-text sm:col-span-2">
            {run.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
