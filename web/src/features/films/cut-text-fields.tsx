import { Field } from "@/components/ui/field.tsx";
import { Textarea } from "@/components/ui/input.tsx";
import { type CutText, LONGEST_TEXT, problemOfText } from "./cut-texts.ts";
import { OverlayFields } from "./overlay-fields.tsx";

interface TextFieldsProps {
  text: CutText;
  /** It was just added, and is the one to be written. */
  isFresh: boolean;
  lengthMs: number | undefined;
  hereMs: number | undefined;
  onChange: (part: Partial<CutText>) => void;
}

/** Words over the new film: what they say, when and where. */
export function TextFields({ text, isFresh, lengthMs, hereMs, onChange }: TextFieldsProps) {
  const problem = problemOfText(text, lengthMs);
  return (
    <OverlayFields overlay={text} problem={problem} hereMs={hereMs} onChange={onChange}>
      <Field label="Words" hint={problem.text} className="col-span-2">
        <Textarea
          rows={2}
          dir="auto"
          maxLength={LONGEST_TEXT}
          value={text.text}
          autoFocus={isFresh}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </Field>
    </OverlayFields>
  );
}
