import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { startRun } from "@/api/runs.ts";
import type { RecordingDocument, RecordingSummary, ScreenshotMode, TimingMode, VideoMode } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { variablesOf } from "@/features/editor/variables-of.ts";
import { defaultEngine, type Engine, engines } from "@/lib/engines.ts";
import { DataField } from "./data-field.tsx";
import { useIncluded } from "./use-included.ts";
import { givenOf, type Values } from "./values.ts";
import { VariableFields } from "./variable-fields.tsx";

interface RunDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  recording: RecordingSummary;
  document: RecordingDocument;
  unsaved: boolean;
}

const timings: Choice<TimingMode>[] = [
  { value: "fast", label: "Fast: short pauses" },
  { value: "realistic", label: "Realistic: as recorded" },
  { value: "instant", label: "Instant: no pauses" },
];
const pictures: Choice<ScreenshotMode>[] = [
  { value: "always", label: "Every step" },
  { value: "onFailure", label: "Only when a step fails" },
  { value: "never", label: "Never" },
];

const videos: Choice<VideoMode>[] = [
  { value: "never", label: "None" },
  { value: "onFailure", label: "Kept when the run fails" },
  { value: "always", label: "Always kept" },
];

/** How to run it, and the values that are not in the recording. */
export function RunDialog({ open, onOpenChange, recording, document, unsaved }: RunDialogProps) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [browsers, setBrowsers] = useState<Engine[]>([defaultEngine]);
  const [timingMode, setTiming] = useState<TimingMode>("fast");
  const [screenshotMode, setPictures] = useState<ScreenshotMode>("always");
  const [video, setVideo] = useState<VideoMode>("never");
  const [timeout, setStepTimeout] = useState("30");
  const [runTimeout, setRunTimeout] = useState("600");
  const [carryOn, setCarryOn] = useState(false);
  const [heal, setHeal] = useState(true);
  const [dismissOverlays, setDismissOverlays] = useState(false);
  const [variables, setVariables] = useState<Values>({});
  const [data, setData] = useState("");

  const asked = variablesOf(document, useIncluded(document));

  const run = useMutation({
    mutationFn: () =>
      startRun({
        recordingId: recording.id,
        browsers,
        timingMode,
        screenshotMode,
        video,
        timeout: Math.max(1, Math.round(Number(timeout) * 1000)) || undefined,
        runTimeout: Math.max(1, Math.round(Number(runTimeout) * 1000)) || undefined,
        continueOnError: carryOn,
        heal,
        dismissOverlays,
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
        {asked.length > 0 && <DataField text={data} onChange={setData} />}
        <fieldset className="sm:col-span-2">
          <legend className="mb-1 text-data text-muted">Browsers</legend>
          <div className="flex flex-wrap gap-x-5">
            {engines.map(({ value, label }) => {
              const chosen = browsers.includes(value);
              return (
                <Checkbox
                  key={value}
                  label={label}
                  checked={chosen}
                  // Without one there is nothing to run on.
                  disabled={chosen && browsers.length === 1}
                  onChange={(on) =>
                    setBrowsers(engines.map((engine) => engine.value).filter((each) => (each === value ? on : browsers.includes(each))))
                  }
                />
              );
            })}
          </div>
        </fieldset>
        <Field label="Timing">
          <Select label="Timing" value={timingMode} choices={timings} onChange={setTiming} />
        </Field>
        <Field label="Screenshots">
          <Select label="Screenshots" value={screenshotMode} choices={pictures} onChange={setPictures} />
        </Field>
        <Field label="Video" hint="Of the tab that it begins in" className="sm:col-span-2">
          <Select label="Video" value={video} choices={videos} onChange={setVideo} />
        </Field>
        <Field label="Step timeout" hint="Seconds">
          <Input type="number" min={1} max={3600} value={timeout} onValueChange={setStepTimeout} className="tabular-nums" />
        </Field>
        <Field label="Run timeout" hint="Seconds">
          <Input type="number" min={1} max={86400} value={runTimeout} onValueChange={setRunTimeout} className="tabular-nums" />
        </Field>
        <Checkbox label="Go on after a failed step" checked={carryOn} onChange={setCarryOn} />
        <Checkbox label="Heal steps whose element changed" checked={heal} onChange={setHeal} />
        <Checkbox label="Close banners and dialogs in the way" checked={dismissOverlays} onChange={setDismissOverlays} />
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
