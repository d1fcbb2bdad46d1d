import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { fieldStyle } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { cn } from "@/lib/class-names.ts";
import { effects, type Look, pointers, styleName } from "./look.ts";

const frameChoices: Choice<Look["frame"]>[] = [
  { value: "window", label: "Window", note: "with a bar" },
  { value: "card", label: "Card", note: "round corners" },
  { value: "none", label: "None", note: "the page alone" },
];

const pointerChoices: Choice<(typeof pointers)[number]>[] = [
  { value: "arrow", label: "Arrow" },
  { value: "white", label: "White arrow" },
  { value: "dot", label: "Dot", note: "as of a finger" },
  { value: "none", label: "None" },
];

const effectChoices: Choice<(typeof effects)[number]>[] = [
  { value: "ring", label: "Ring" },
  { value: "pulse", label: "Two rings" },
  { value: "disc", label: "Disc" },
  { value: "none", label: "Nothing" },
];

const schemeChoices: Choice<"own" | NonNullable<Look["scheme"]>>[] = [
  { value: "own", label: "Its own" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark", note: "with a dark window" },
];

/** What is around and over the page. */
export function LookFields({ look, onChange }: { look: Look; onChange: (look: Look) => void }) {
  const change = (part: Partial<Look>) => onChange({ ...look, ...part });
  const { frame, zoom, pointer, ripples, scheme, highlightColor } = look;
  return (
    <fieldset aria-label="Look" className="flex w-full flex-wrap items-end gap-x-4 gap-y-2.5">
      <Field label="Frame" className="w-36 max-md:w-auto max-md:flex-1">
        <Select value={frame} choices={frameChoices} onChange={(next) => change({ frame: next })} />
      </Field>
      <Field label="Page" className="w-32 max-md:w-auto max-md:flex-1">
        <Select
          value={scheme ?? "own"}
          choices={schemeChoices}
          onChange={(next) => change({ scheme: next === "own" ? undefined : next })}
        />
      </Field>
      <Field label="Pointer" className="w-36 max-md:w-auto max-md:flex-1">
        <Select value={styleName(pointer, pointers)} choices={pointerChoices} onChange={(next) => change({ pointer: next })} />
      </Field>
      <Field label="At clicks" className="w-32 max-md:w-auto max-md:flex-1">
        <Select value={styleName(ripples, effects)} choices={effectChoices} onChange={(next) => change({ ripples: next })} />
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
      </div>
    </fieldset>
  );
}
