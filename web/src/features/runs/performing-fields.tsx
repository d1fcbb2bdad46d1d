import type { ScreenshotMode, TimingMode, VideoMode } from "@/api/types.ts";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { engines } from "@/lib/engines.ts";
import type { Performing } from "./performing.ts";

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

interface FieldsProps {
  value: Performing;
  onChange: (value: Performing) => void;
}

/** The browsers that a run goes through, at least one. */
export function BrowserFields({ value, onChange }: FieldsProps) {
  const { browsers } = value;
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-data text-muted">Browsers</legend>
      <div className="flex flex-wrap gap-x-5">
        {engines.map((engine) => {
          const chosen = browsers.includes(engine.value);
          return (
            <Checkbox
              key={engine.value}
              label={engine.label}
              checked={chosen}
              // Without one there is nothing to run on.
              disabled={chosen && browsers.length === 1}
              onChange={(on) => {
                const every = engines.map((each) => each.value);
                onChange({ ...value, browsers: every.filter((each) => (each === engine.value ? on : browsers.includes(each))) });
              }}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

/** The pace of a run, what it leaves, how long it may take, and what it does when something is not as it was. */
export function PerformingFields({ value, onChange }: FieldsProps) {
  const set = (part: Partial<Performing>) => onChange({ ...value, ...part });
  return (
    <>
      <Field label="Timing">
        <Select label="Timing" value={value.timingMode} choices={timings} onChange={(timingMode) => set({ timingMode })} />
      </Field>
      <Field label="Screenshots">
        <Select
          label="Screenshots"
          value={value.screenshotMode}
          choices={pictures}
          onChange={(screenshotMode) => set({ screenshotMode })}
        />
      </Field>
      <Field label="Video" hint="Of the tab in front" className="sm:col-span-2">
        <Select label="Video" value={value.video} choices={videos} onChange={(video) => set({ video })} />
      </Field>
      <Field label="Step timeout" hint="Seconds">
        <Input
          type="number"
          min={1}
          max={3600}
          value={value.stepTimeout}
          onValueChange={(stepTimeout) => set({ stepTimeout })}
          className="tabular-nums"
        />
      </Field>
      <Field label="Run timeout" hint="Seconds">
        <Input
          type="number"
          min={1}
          max={86400}
          value={value.runTimeout}
          onValueChange={(runTimeout) => set({ runTimeout })}
          className="tabular-nums"
        />
      </Field>
      <div className="flex flex-col sm:col-span-2">
        <Checkbox
          label="Go on after a failed step"
          checked={value.continueOnError}
          onChange={(continueOnError) => set({ continueOnError })}
        />
        <Checkbox label="Heal steps whose element changed" checked={value.heal} onChange={(heal) => set({ heal })} />
        <Checkbox
          label="Close banners and dialogs in the way"
          checked={value.dismissOverlays}
          onChange={(dismissOverlays) => set({ dismissOverlays })}
        />
      </div>
    </>
  );
}
