import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { fieldStyle } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { cn } from "@/lib/class-names.ts";
import type { Look } from "./look.ts";

const frameChoices: Choice<Look["frame"]>[] = [
  { value: "window", label: "Window", note: "with a bar" },
  { value: "card", label: "Card", note: "round corners" },
  { value: "none", label: "None", note: "the page alone" },
];

/** What is around and over the page. */
export function LookFields({ look, onChange }: { look: Look; onChange: (look: Look) => void }) {
  const change = (part: Partial<Look>) => onChange({ ...look, ...part });
  const { frame, zoom, pointer, ripples, highlightColor } = look;
  return (
    <fieldset aria-label="Look" className="flex w-full flex-wrap items-end gap-x-4 gap-y-2.5">
      <Field label="Frame" className="w-36 max-md:w-auto max-md:flex-1">
        <Select value={frame} choices={frameChoices} onChange={(next) => change({ frame: next })} />
      </Field>
      <Field label="Highlight" className="w-20">
        <input
          type="color"
          value={highlightColor}
          onChange={(event) => change({ highlightColor: event.target.value })}
          className={cn(fieldStyle, "h-8 px-1 py-0.5 max-md:h-11")}
        />
      </Field>
      <div className="flex flex-wrap gap-x-4">
        <Checkbox label="Zoom" checked={zoom} onChange={(next) => change({ zoom: next })} />
        <Checkbox label="Pointer" checked={pointer} onChange={(next) => change({ pointer: next })} />
        <Checkbox label="Rings at clicks" checked={ripples} onChange={(next) => change({ ripples: next })} />
      </div>
    </fieldset>
  );
}
