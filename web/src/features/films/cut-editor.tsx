import { useQuery } from "@tanstack/react-query";
import { Plus, Scissors } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { filmsQuery } from "@/api/films.ts";
import type { FilmDetail } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { formatDuration } from "@/lib/duration.ts";
import { type Cut, cutOf, lengthOf, placeInCut, sizeOf } from "./cut.ts";
import { CutClipRow } from "./cut-clip.tsx";
import { type CutClip, freshClip, type Known, problemOf } from "./cut-clips.ts";
import { keptOfCut } from "./cut-kept.ts";
import { CutOverlayList } from "./cut-overlay-list.tsx";
import type { CutOverlay } from "./cut-overlays.ts";
import { problemOfPicture } from "./cut-pictures.ts";
import { problemOfText } from "./cut-texts.ts";
import { KeptChips } from "./kept-chips.tsx";
import { OverlayPreview } from "./overlay-preview.tsx";
import { formatChoices } from "./quality-fields.tsx";
import { isVolume } from "./sound.ts";
import { SoundFields } from "./sound-fields.tsx";
import { useCut } from "./use-cut.ts";

interface CutEditorProps {
  film: FilmDetail;
  /** Where the player is, in milliseconds. */
  atMs: number;
  /** What lies over the player's picture. */
  over: HTMLElement | null;
  onClose: () => void;
}

/** Parts of this film and of others, one after another, as another film; the player beside it tells the times. */
export function CutEditor({ film, atMs, over, onClose }: CutEditorProps) {
  const [cut, setCut] = useState(() => cutOf(film));
  const films = useQuery(filmsQuery({ status: "done", limit: 100 }));
  const making = useCut();
  const known: Known = new Map([film, ...(films.data?.items ?? [])].map((each) => [each.id, each]));
  const change = (part: Partial<Cut>) => setCut((old) => ({ ...old, ...part }));
  const changeClip = (index: number, part: Partial<CutClip>) =>
    change({ clips: cut.clips.map((clip, at) => (at === index ? { ...clip, ...part } : clip)) });
  const move = (index: number, by: number) => {
    const clips = [...cut.clips];
    clips.splice(index + by, 0, ...clips.splice(index, 1));
    change({ clips });
  };
  const isHeard = !cut.sound.music || isVolume(cut.sound.musicVolume);
  const lengthMs = lengthOf(cut, known);
  const hereMs = placeInCut(cut, known, film, atMs);
  // A film that was made of a cut with overlays has them in its picture.
  const isPlain = cutOf(film).overlays.length === 0;
  const isFine = (problems: object) => Object.keys(problems).length === 0;
  const isSeen =
    cut.clips.every((clip) => isFine(problemOf(clip, known))) && cut.overlays.every((each) => isFine(problemOfOverlay(each, lengthMs)));
  const isRight = isHeard && isSeen && cut.name.trim() !== "";
  const others = [...known].map(([value, { name, result }]) => ({
    value,
    label: name,
    note: result ? formatDuration(result.durationMs) : undefined,
  }));
  return (
    <form
      aria-label="Cut"
      // What only readers of screens see stands in here, and makes the page no longer.
      className="relative flex flex-col gap-3 px-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight && !making.isPending) making.mutate(cut);
      }}
    >
      {over &&
        isPlain &&
        hereMs !== undefined &&
        createPortal(<OverlayPreview overlays={cut.overlays} atMs={hereMs} size={sizeOf(cut, known, film.setup)} />, over)}
      <div className="flex items-baseline gap-2">
        <h2 className="font-semibold">Cut</h2>
        <p className="num flex-1 text-data text-muted">
          {lengthMs === undefined ? "Its length is not known yet" : formatDuration(lengthMs)}
          {lengthMs !== undefined && cut.clips.some((clip) => clip.dull !== "1") && " at most"}
        </p>
        <Button size="sm" onClick={onClose}>
          Close
        </Button>
      </div>
      <ol aria-label="Clips" className="flex flex-col gap-2">
        {cut.clips.map((clip, index) => (
          <CutClipRow
            key={clip.key}
            clip={clip}
            number={index + 1}
            of={cut.clips.length}
            known={known}
            hereMs={clip.film === film.id ? atMs : undefined}
            onChange={(part) => changeClip(index, part)}
            onMove={(by) => move(index, by)}
            onRemove={() => change({ clips: cut.clips.filter((_, at) => at !== index) })}
          />
        ))}
      </ol>
      <AddClip choices={others} film={film.id} onAdd={(id) => change({ clips: [...cut.clips, freshClip(id)] })} />
      <CutOverlayList overlays={cut.overlays} lengthMs={lengthMs} hereMs={hereMs} onChange={(overlays) => change({ overlays })} />
      <div className="flex flex-wrap items-start gap-3 border-t border-line pt-3">
        <Field label="Name" className="min-w-40 flex-1">
          <Input value={cut.name} maxLength={200} onValueChange={(name) => change({ name })} />
        </Field>
        <Field label="Format" className="w-28">
          <Select value={cut.format} choices={formatChoices} onChange={(format) => change({ format })} />
        </Field>
      </div>
      <KeptChips of="The film" kept={keptOfCut(cut)} onRemove={change} />
      <SoundFields track={cut.sound} onChange={(sound) => change({ sound })} />
      {making.error && (
        <p role="alert" className="text-danger-text">
          {making.error.message}
        </p>
      )}
      <Button type="submit" tone="primary" icon={<Scissors />} busy={making.isPending} disabled={!isRight}>
        Make the cut
      </Button>
      <p className="text-data text-faint">It becomes another film; this one stays.</p>
    </form>
  );
}

const problemOfOverlay = (overlay: CutOverlay, lengthMs: number | undefined) =>
  overlay.kind === "text" ? problemOfText(overlay, lengthMs) : problemOfPicture(overlay, lengthMs);

interface AddClipProps {
  choices: readonly Choice<string>[];
  film: string;
  onAdd: (id: string) => void;
}

/** Another part, of any film that is made. */
function AddClip({ choices, film, onAdd }: AddClipProps) {
  const [chosen, setChosen] = useState(film);
  return (
    <div className="flex items-end gap-2">
      <Field label="Another clip of" className="flex-1">
        <Select value={chosen} choices={choices} onChange={setChosen} />
      </Field>
      <Button icon={<Plus />} onClick={() => onAdd(chosen)}>
        Add
      </Button>
    </div>
  );
}
