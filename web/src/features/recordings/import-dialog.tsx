import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "@/api/api-error.ts";
import { importRecording } from "@/api/recordings.ts";
import type { Problem } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Textarea } from "@/components/ui/input.tsx";

interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const isYaml = (text: string) => !/^\s*[{[]/.test(text);

/** Where a problem list may hide in what the API answered. */
function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof ApiError)) return [];
  const details = error.details as { problems?: Problem[]; errors?: Problem[] } | Problem[] | undefined;
  if (Array.isArray(details)) return details;
  return details?.problems ?? details?.errors ?? [];
}

/** Takes a recording as text or as a file, JSON or YAML. */
export function ImportDialog({ open, onOpenChange }: ImportDialogProps) {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: () => importRecording(text, isYaml(text)),
    onSuccess: async (recording) => {
      cache.invalidateQueries({ queryKey: ["recordings"] });
      onOpenChange(false);
      await navigate({ to: "/recordings/$id", params: { id: recording.id } });
    },
  });
  const problems = problemsOf(add.error);

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Import recording"
      description="A SaveAction or Proscenium recording, JSON or YAML."
      className="w-[min(680px,calc(100vw-32px))]"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" disabled={!text.trim()} busy={add.isPending} onClick={() => add.mutate()}>
            Import
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="File">
          <input
            type="file"
            accept=".json,.yaml,.yml,application/json"
            className="text-muted file:mr-3 file:h-8 max-md:file:h-11 file:rounded file:border file:border-line-strong file:bg-raised file:px-3 file:text-ink"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file) setText(await file.text());
            }}
          />
        </Field>
        <Field label="Recording document">
          <Textarea
            className="code h-56"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={'{ "version": "1.0.0", "testName": "…", "url": "https://…", "actions": [] }'}
          />
        </Field>
        {add.error && (
          <div role="alert" className="rounded border border-danger bg-danger-soft px-3 py-2">
            <p className="font-medium text-danger-text">{add.error.message}</p>
            <ul className="mt-1 flex flex-col gap-1">
              {problems.slice(0, 20).map((problem) => (
                <li key={problem.path + problem.message}>
                  <code className="code text-danger-text">{problem.path}</code> {problem.message}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
