import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import type { Draft, Problems } from "./draft.ts";
import { limits, ofPreset, type Quality, qualityChoices, type Size } from "./quality.ts";

type Chosen = Pick<Draft, "quality" | "format" | "perfect">;

interface QualityFieldsProps {
  value: Chosen;
  problems: Problems;
  onChange: (change: Partial<Chosen>) => void;
}

export const formatChoices: Choice<Draft["format"]>[] = [
  { value: "mp4", label: "MP4", note: "H.264" },
  { value: "webm", label: "WebM", note: "VP9" },
];

/** What the numbers mean for the page. */
function laidOut({ width, height, scale }: Quality): string {
  if (!(scale > 1)) return "Pages are laid out at exactly these pixels; a larger scale draws them denser.";
  return `Pages are laid out on ${Math.round(width / scale)} × ${Math.round(height / scale)} and drawn with ${scale} × ${scale} pixels for each of theirs.`;
}

/** How large, how smooth and how heavy the film is. */
export function QualityFields({ value: { quality, format, perfect }, problems, onChange }: QualityFieldsProps) {
  const change = (next: Quality) => onChange({ quality: next });
  const number = (field: keyof Size, label: string, [least, most]: readonly [number, number]) => (
    <Field label={label} error={problems[field]} className="min-w-20 flex-1 max-md:min-w-32">
      <Input
        type="number"
        min={least}
        max={most}
        step={field === "width" || field === "height" ? 2 : 1}
        value={Number.isNaN(quality[field]) ? "" : quality[field]}
        onChange={(event) => change({ ...quality, [field]: event.target.valueAsNumber })}
        className="tabular-nums"
      />
    </Field>
  );
  const shown = qualityChoices.find((choice) => choice.value === quality.preset);
  return (
    <div className="flex w-full flex-wrap items-start gap-x-3 gap-y-2.5">
      <Field label="Quality" hint={quality.preset === "custom" ? undefined : shown?.note} className="min-w-44 flex-1">
        <Select value={quality.preset} choices={qualityChoices} onChange={(preset) => change(ofPreset(preset, quality))} />
      </Field>
      <Field label="Format" className="w-28">
        <Select value={format} choices={formatChoices} onChange={(next) => onChange({ format: next })} />
      </Field>
      {quality.preset === "custom" && (
        <fieldset aria-label="Own numbers" className="flex w-full flex-wrap gap-x-3 gap-y-2.5">
          {number("width", "Width, px", limits.side)}
          {number("height", "Height, px", limits.side)}
          {number("scale", "Scale", limits.scale)}
          {number("fps", "Frames a second", limits.fps)}
          {number("kbps", "kbit/s", limits.kbps)}
          <p className="w-full text-data text-faint">{laidOut(quality)}</p>
        </fieldset>
      )}
      <Checkbox
        label="Every frame, however slow the machine is (not in real time)"
        checked={perfect}
        onChange={(next) => onChange({ perfect: next })}
      />
    </div>
  );
}
