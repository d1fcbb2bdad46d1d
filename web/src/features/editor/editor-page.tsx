import { useQuery } from "@tanstack/react-query";
import { useBlocker, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { recordingQuery } from "@/api/recordings.ts";
import { runQuery } from "@/api/runs.ts";
import type { Recording } from "@/api/types.ts";
import { Failure, Skeleton, SkeletonRows } from "@/components/states.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Confirm } from "@/components/ui/confirm.tsx";
import { RunDialog } from "@/features/runs/run-dialog.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { CodeDrawer } from "./code-drawer.tsx";
import { EditorHeader } from "./editor-header.tsx";
import { StepDetail } from "./step-detail.tsx";
import { StepList } from "./step-list.tsx";
import { useEditor } from "./use-editor.ts";
import { Variables } from "./variables.tsx";

export function EditorPage() {
  const { id } = useParams({ from: "/frame/recordings/$id" });
  const recording = useQuery(recordingQuery(id));
  useNamePlace(recording.data?.name);
  if (recording.isError) {
    return (
      <Failure heading="h1" className="py-24" what="This recording cannot be shown" error={recording.error} retry={recording.refetch} />
    );
  }
  if (!recording.data) {
    return (
      <div aria-busy="true" className="flex h-full flex-col">
        <Skeleton className="m-4 h-8 w-64" />
        <div className="grid flex-1 md:grid-cols-[minmax(320px,2fr)_3fr]">
          <SkeletonRows rows={8} className="border-r border-line" />
          <Skeleton className="m-6 h-64" />
        </div>
      </div>
    );
  }
  return <Workbench key={id} recording={recording.data} />;
}

function Workbench({ recording }: { recording: Recording }) {
  const { step, code } = useSearch({ from: "/frame/recordings/$id" });
  const navigate = useNavigate({ from: "/recordings/$id" });
  const editor = useEditor(recording, step);
  const { state, dispatch } = editor;
  const [running, setRunning] = useState(false);
  const last = recording.lastRun;
  const lastRun = useQuery({ ...runQuery(last?.id ?? ""), enabled: Boolean(last?.finishedAt) }).data;
  const steps = state.document.actions;
  const shown = steps.find((each) => each.id === state.selected.at(-1));
  const at = shown ? steps.indexOf(shown) + 1 : undefined;

  useEffect(() => {
    const wanted = at === 1 ? undefined : at;
    if (wanted !== step) navigate({ search: (old) => ({ ...old, step: wanted }), replace: true });
  }, [at, step, navigate]);

  useShortcuts({
    "mod+s": () => editor.save(),
    "mod+z": (event) => dispatch({ do: event.shiftKey ? "redo" : "undo" }),
    "mod+y": () => dispatch({ do: "redo" }),
  });

  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => editor.dirty && current.pathname !== next.pathname,
    withResolver: true,
  });

  return (
    <div className="flex h-full flex-col">
      <EditorHeader
        recording={recording}
        editor={editor}
        code={code !== undefined}
        onCode={() => navigate({ search: (old) => ({ ...old, code: code ? undefined : "json" }), replace: true })}
        onRun={() => setRunning(true)}
      />
      <div className="flex min-h-0 flex-1 max-md:block max-md:overflow-auto">
        <div className="flex min-h-0 w-[min(440px,38%)] shrink-0 flex-col border-r border-line max-md:w-full max-md:border-r-0">
          <StepList editor={editor} />
        </div>
        <div className="@container min-h-0 min-w-0 flex-1 overflow-auto max-md:overflow-visible">
          {shown && at !== undefined ? (
            <StepDetail key={shown.id} step={shown} number={at} editor={editor} lastRun={lastRun} />
          ) : (
            <p className="p-8 text-center text-muted">No step is selected.</p>
          )}
          <Variables editor={editor} />
        </div>
        {code && (
          <CodeDrawer
            editor={editor}
            format={code}
            onFormat={(format) => navigate({ search: (old) => ({ ...old, code: format }), replace: true })}
            onClose={() => navigate({ search: (old) => ({ ...old, code: undefined }), replace: true })}
          />
        )}
      </div>
      <RunDialog open={running} onOpenChange={setRunning} recording={recording} document={state.document} unsaved={editor.dirty} />
      <Confirm
        open={editor.conflict !== undefined}
        onOpenChange={(open) => !open && editor.closeConflict()}
        title="This recording was changed elsewhere"
        description={`Revision ${editor.conflict?.revision} was saved after you opened revision ${state.revision}.`}
      >
        <Button onClick={editor.loadTheirs}>Load theirs</Button>
        <Button tone="primary" busy={editor.saving} onClick={editor.keepMine}>
          Keep mine
        </Button>
      </Confirm>
      <Confirm open={blocker.status === "blocked"} title="Leave without saving?" description="What you changed in this recording is lost.">
        <Button onClick={() => blocker.reset?.()}>Stay</Button>
        <Button tone="danger" onClick={() => blocker.proceed?.()}>
          Leave
        </Button>
      </Confirm>
    </div>
  );
}
