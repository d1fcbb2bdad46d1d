import { Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Textarea } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { type CutText, freshText, LONGEST_TEXT, MOST_TEXTS, type Place, problemOfText } from "./cut-texts.ts";
import { Seconds } from "./seconds.tsx";

const placeChoices: Choice<Place>[] = [
  { value: "top-left", label: "Top left" },
  { value: "top", label: "Top" },
  { value: "top-right", label: "Top right" },
  { value: "left", label: "Left" },
  { value: "center", label: "Centre" },
  { value: "right", label: "Right" },
  { value: "bottom-left", label: "Bottom left" },
  { value: "bottom", label: "Bottom" },
  { value: "bottom-right", label: "Bottom right" },
];

interface CutTextListProps {
  texts: readonly CutText[];
  /** How long the new film will be. */
  lengthMs: number;
  /** Where the player is in the new film, when that is known. */
  hereMs: number | undefined;
  onChange: (texts: readonly CutText[]) => void;
}

/** Words over the new film: what they say, when and where. */
export function CutTextList({ texts, lengthMs, hereMs, onChange }: CutTextListProps) {
  const addRef = useRef<HTMLButtonElement>(null);
  // The text that was just added is the one to be written.
  const freshRef = useRef<string>(undefined);
  const add = () => {
    const fresh = freshText(hereMs);
    freshRef.current = fresh.key;
    onChange([...texts, fresh]);
  };
  const remove = (key: string) => {
    onChange(texts.filter((text) => text.key !== key));
    addRef.current?.focus();
  };
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      {texts.length > 0 && (
        <ol aria-label="Texts" className="flex flex-col gap-2">
          {texts.map((text, index) => (
            <TextRow
              key={text.key}
              text={text}
              number={index + 1}
              isFresh={text.key === freshRef.current}
              lengthMs={lengthMs}
              hereMs={hereMs}
              onChange={(part) => onChange(texts.map((each) => (each === text ? { ...each, ...part } : each)))}
              onRemove={() => remove(text.key)}
            />
          ))}
        </ol>
      )}
      <Button ref={addRef} icon={<Plus />} disabled={texts.length >= MOST_TEXTS} onClick={add} className="self-start">
        {texts.length === 0 ? "Lay a text over it" : "Another text"}
      </Button>
    </div>
  );
}

interface TextRowProps {
  text: CutText;
  /** From 1. */
  number: number;
  isFresh: boolean;
  lengthMs: number;
  hereMs: number | undefined;
  onChange: (part: Partial<CutText>) => void;
  onRemove: () => void;
}

function TextRow({ text, number, isFresh, lengthMs, hereMs, onChange, onRemove }: TextRowProps) {
  const problem = problemOfText(text, lengthMs);
  const here = (field: "from" | "to", label: string) =>
    hereMs !== undefined && (
      <Button size="sm" className="mt-1 w-full" onClick={() => onChange({ [field]: Math.round(hereMs) })}>
        {label}
      </Button>
    );
  return (
    <li aria-label={`Text ${number}`} className="rounded-lg border border-line bg-raised p-3">
      <div className="mb-2 flex items-center gap-1">
        <h3 className="min-w-0 flex-1 truncate font-medium">Text {number}</h3>
        <IconButton label="Remove the text" onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      <div className="grid grid-cols-2 items-start gap-x-3 gap-y-2.5">
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
        <div>
          <Field label="From, s" error={problem.from}>
            <Seconds value={text.from} onChange={(from) => onChange({ from: from ?? 0 })} />
          </Field>
          {here("from", "Comes here")}
        </div>
        <div>
          <Field label="To, s" error={problem.to}>
            <Seconds value={text.to} placeholder="The end" onChange={(to) => onChange({ to })} />
          </Field>
          {here("to", "Goes here")}
        </div>
        <Field label="Place" className="col-span-2">
          <Select value={text.place} choices={placeChoices} onChange={(place) => onChange({ place })} />
        </Field>
      </div>
    </li>
  );
}
