import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { saveSessionRecording } from "@/api/sessions.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { plural } from "@/lib/plural.ts";
import { activeTab } from "./live-model.ts";
import { useLive } from "./use-live.ts";

interface SaveDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  sessionId: string;
  proposal: string;
  /** The proposal is a name that a person gave. */
  named: boolean;
}

/** Keeps the recorded steps under a name and goes on to edit them. */
export function SaveDialog({ open, onOpenChange, sessionId, proposal, named }: SaveDialogProps) {
  const steps = useLive((model) => model.steps.length);
  const title = useLive((model) => activeTab(model)?.title);
  const [name, setName] = useState<string>();
  const navigate = useNavigate();
  const cache = useQueryClient();
  // A session that nobody named is called by its address; a page's title says more.
  const proposed = named ? proposal : title || proposal;
  const wanted = (name ?? proposed).trim();
  const save = useMutation({
    mutationFn: () => saveSessionRecording(sessionId, wanted || undefined),
    onSuccess: async (recording) => {
      cache.invalidateQueries({ queryKey: ["recordings"] });
      toast.done(`“${recording.name}” saved`);
      onOpenChange(false);
      await navigate({ to: "/recordings/$id", params: { id: recording.id } });
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Save recording"
      description={`${plural(steps, "step")}. You can edit them next; the session stays open.`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" busy={save.isPending} disabled={!wanted} onClick={() => save.mutate()}>
            Save
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted) save.mutate();
        }}
      >
        <Field label="Name" error={save.error?.message}>
          <Input value={name ?? proposed} onValueChange={setName} autoFocus maxLength={200} />
        </Field>
      </form>
    </Dialog>
  );
}
