import { Dices } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { canBeFast, type Draft, isFilm, isOpaque, limits, type Output, type Problems } from "./draft.ts";

interface ParametersProps {
  draft: Draft;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
}

const outputs: { value: Output; label: string; note?: string }[] = [
  { value: "png", label: "PNG picture" },
  { value: "jpeg", label: "JPEG picture" },
  { value: "webp", label: "WebP picture" },
  { value: "mp4", label: "MP4 film", note: "H.264" },
  { value: "webm", label: "WebM film", note: "VP9" },
  { value: "gif", label: "GIF" },
  { value: "html", label: "The page", note: "HTML" },
  { value: "both", label: "PNG and the page", note: "two files" },
];

const scales = ["1", "2", "3"].map((value) => ({ value, label: `${value} ×` }));
const rates = [24, 25, 30, 50, 60].map((rate) => ({ value: String(rate), label: `${rate} a second` }));

/** What is made of the code. */
export function Parameters({ draft, problems, onChange }: ParametersProps) {
  const film = isFilm(draft.output);
  const side = (field: "width" | "height", label: string) => (
    <Field label={label} error={problems[field]} className="w-22 max-md:w-auto max-md:flex-1">
      <Input
        type="number"
        min={1}
        max={limits.side}
        value={draft[field]}
        onChange={(event) => onChange({ [field]: event.target.valueAsNumber })}
      />
    </Field>
  );
  return (
    <fieldset aria-label="Parameters" className="flex flex-wrap items-start gap-x-3 gap-y-2.5">
      <Field label="Name" error={problems.name} className="w-36 max-md:w-full">
        <Input
          value={draft.name}
          placeholder="render"
          onChange={(event) => onChange({ name: event.target.value })}
          maxLength={80}
          spellCheck={false}
        />
      </Field>
      <Field label="Output" className="w-36 max-md:w-full">
        <Select value={draft.output} choices={outputs} onChange={(output) => onChange({ output })} />
      </Field>
      {side("width", "Width, px")}
      {side("height", "Height, px")}
      <Field label="Pixels each" error={problems.scale} className="w-20">
        <Select
          value={String(draft.scale)}
          choices={withOwn(scales, String(draft.scale), "×")}
          onChange={(scale) => onChange({ scale: Number(scale) })}
        />
      </Field>
      {film ? (
        <>
          <Field label="Frames" className="w-32 max-md:w-auto max-md:flex-1" error={problems.fps}>
            <Select
              value={String(draft.fps)}
              choices={withOwn(rates, String(draft.fps), "a second")}
              onChange={(fps) => onChange({ fps: Number(fps) })}
            />
          </Field>
          <Slider
            label={`Duration, ${Number(draft.duration.toFixed(3))} s`}
            error={problems.duration}
            min={0.5}
            max={20}
            step={0.5}
            value={draft.duration}
            onChange={(duration) => onChange({ duration })}
          />
        </>
      ) : (
        <Slider
          label={`Frame ${draft.frame}`}
          hint="Frame 1 is the first"
          error={problems.frame}
          min={1}
          max={300}
          step={1}
          value={draft.frame}
          onChange={(frame) => onChange({ frame })}
        />
      )}
      <div className="flex items-end gap-1">
        <Field label="Seed" className="w-28">
          <Input value={draft.seed} onChange={(event) => onChange({ seed: event.target.value })} maxLength={80} spellCheck={false} />
        </Field>
        <IconButton label="Another seed" onClick={() => onChange({ seed: String(Math.floor(Math.random() * 1e6)) })}>
          <Dices />
        </IconButton>
      </div>
      <div className="flex flex-wrap gap-x-4 self-end">
        {canBeFast(draft.output) && (
          <Checkbox label="Fast, if it is one canvas" checked={draft.fast} onChange={(fast) => onChange({ fast })} />
        )}
        <Checkbox
          label="Transparent"
          checked={draft.transparent && !isOpaque(draft.output)}
          disabled={isOpaque(draft.output)}
          onChange={(transparent) => onChange({ transparent })}
        />
      </div>
    </fieldset>
  );
}

/** A value from elsewhere is a choice too. */
const withOwn = (choices: { value: string; label: string }[], value: string, unit: string) =>
  choices.some((choice) => choice.value === value) ? choices : [{ value, label: `${value} ${unit}` }, ...choices];

interface SliderProps {
  label: string;
  hint?: string;
  error: string | undefined;
  min: number;
  max: number;
  step: number;
  value: number;
  onChange: (value: number) => void;
}

function Slider({ label, hint, error, min, max, step, value, onChange }: SliderProps) {
  return (
    <Field label={label} hint={hint} error={error} className="w-44 max-md:w-full">
      <input
        type="range"
        // What a job says beyond the usual range can be shown, too.
        min={Math.min(min, value)}
        max={Math.max(max, value)}
        step={step}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-8 w-full accent-[var(--accent)] max-md:h-11"
      />
    </Field>
  );
}
