import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { type CutClip, type Known, partOf, problemOf } from "./cut-clips.ts";
import { keptOfClip } from "./cut-kept.ts";
import { KeptChips } from "./kept-chips.tsx";
import { Seconds } from "./seconds.tsx";

const speedChoices: Choice<string>[] = [
  { value: "0.5", label: "½ ×" },
  { value: "1", label: "As it is" },
  { value: "1.5", label: "1.5 ×" },
  { value: "2", label: "2 ×" },
  { value: "4", label: "4 ×" },
];
const dullChoices: Choice<string>[] = [
  { value: "1", label: "As they are" },
  { value: "2", label: "2 × as fast" },
  { value: "4", label: "4 × as fast" },
  { value: "8", label: "8 × as fast" },
];
const transitionChoices: Choice<CutClip["transition"]>[] = [
  { value: "cut", label: "Cut" },
  { value: "fade", label: "Fade", note: "through black" },
  { value: "dissolve", label: "Dissolve" },
  { value: "wipe", label: "Wipe" },
];

/** The choices, and what somebody wrote that is none of them. */
const withOwn = (choices: Choice<string>[], value: string, label: string) =>
  choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label }];

interface CutClipRowProps {
  clip: CutClip;
  /** From 1. */
  number: number;
  of: number;
  known: Known;
  /** Where the player is, when it shows this clip's film. */
  hereMs: number | undefined;
  onChange: (change: Partial<CutClip>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One clip: which part of which film, how fast, and how it comes in. */
export function CutClipRow({ clip, number, of, known, hereMs, onChange, onMove, onRemove }: CutClipRowProps) {
  const problem = problemOf(clip, known);
  const name = known.get(clip.film)?.name ?? "A film that is gone";
  // The same part by its times, which can be changed.
  const part = partOf(clip, known);
  const withoutChapter = { chapter: null, from: Math.round(part?.from ?? 0), to: part ? Math.round(part.to) : null };
  const here = (field: "from" | "to", label: string) =>
    hereMs !== undefined && (
      <Button size="sm" className="mt-1 w-full" onClick={() => onChange({ [field]: Math.round(hereMs) })}>
        {label}
      </Button>
    );
  return (
    <li aria-label={`Clip ${number}`} className="rounded-lg border border-line bg-raised p-3">
      <div className="mb-2 flex items-center gap-1">
        <span className="num text-faint">{number}</span>
        <h3 title={name} className="min-w-0 flex-1 truncate font-medium">
          {name}
        </h3>
        {of > 1 && (
          <>
            <IconButton label="Earlier" disabled={number === 1} onClick={() => onMove(-1)}>
              <ArrowUp />
            </IconButton>
            <IconButton label="Later" disabled={number === of} onClick={() => onMove(1)}>
              <ArrowDown />
            </IconButton>
            <IconButton label="Remove" onClick={onRemove}>
              <Trash2 />
            </IconButton>
          </>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-x-3 gap-y-2.5">
        {clip.chapter === null ? (
          <>
            <div>
              <Field label="From, s" error={problem.from}>
                <Seconds value={clip.from} onChange={(from) => onChange({ from: from ?? 0 })} />
              </Field>
              {here("from", "Begin here")}
            </div>
            <div>
              <Field label="To, s" error={problem.to}>
                <Seconds value={clip.to} placeholder="Its end" onChange={(to) => onChange({ to })} />
              </Field>
              {here("to", "End here")}
            </div>
          </>
        ) : (
          <div className="col-span-2">
            <KeptChips
              of={`Clip ${number}, its part`}
              kept={[{ key: "chapter", words: `Chapter “${clip.chapter}”`, without: withoutChapter }]}
              onRemove={onChange}
            />
            {problem.chapter && <p className="mt-1 text-data text-danger-text">{problem.chapter}</p>}
          </div>
        )}
        <Field label="Speed">
          <Select
            value={clip.speed}
            choices={withOwn(speedChoices, clip.speed, `${clip.speed} ×`)}
            onChange={(speed) => onChange({ speed })}
          />
        </Field>
        <Field label="Still parts">
          <Select
            value={clip.dull}
            choices={withOwn(dullChoices, clip.dull, `${clip.dull} × as fast`)}
            onChange={(dull) => onChange({ dull })}
          />
        </Field>
        {number > 1 && (
          <Field label="Comes in by" className="col-span-2">
            <Select value={clip.transition} choices={transitionChoices} onChange={(transition) => onChange({ transition })} />
          </Field>
        )}
        <div className="col-span-2 empty:hidden">
          <KeptChips of={`Clip ${number}`} kept={keptOfClip(clip, number)} onRemove={onChange} />
        </div>
      </div>
    </li>
  );
}
