import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type CutPicture, problemOfPicture } from "./cut-pictures.ts";
import { OverlayFields } from "./overlay-fields.tsx";
import { PictureField } from "./picture-field.tsx";

interface PictureFieldsProps {
  picture: CutPicture;
  /** From 1. */
  number: number;
  /** It was just added, and is the one to be chosen. */
  isFresh: boolean;
  lengthMs: number | undefined;
  hereMs: number | undefined;
  onChange: (part: Partial<CutPicture>) => void;
}

/** A picture over the new film: which, how large, how clear, when and where. */
export function PictureFields({ picture, number, isFresh, lengthMs, hereMs, onChange }: PictureFieldsProps) {
  const problem = problemOfPicture(picture, lengthMs);
  const count = (field: "width" | "opacity", label: string, placeholder: string, [min, max]: [number, number]) => (
    <Field label={label} error={problem[field]}>
      <Input
        type="number"
        min={min}
        max={max}
        placeholder={placeholder}
        value={picture[field] ?? ""}
        onChange={({ target }) => onChange({ [field]: Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber })}
        className="tabular-nums"
      />
    </Field>
  );
  return (
    <OverlayFields overlay={picture} problem={problem} hereMs={hereMs} onChange={onChange}>
      <PictureField
        label={`Picture ${number}`}
        value={picture.picture}
        hint={problem.picture}
        isFresh={isFresh}
        onChange={(id) => onChange({ picture: id })}
      />
      {count("width", "Width, px", "Its own", [8, 4096])}
      {count("opacity", "Opacity, %", "100", [0, 100])}
    </OverlayFields>
  );
}
