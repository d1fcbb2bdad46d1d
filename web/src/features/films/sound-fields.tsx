import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { isVolume, type Track } from "./sound.ts";
import { SoundField } from "./sound-field.tsx";

interface SoundFieldsProps {
  track: Track;
  /** Whether what the page itself plays can be heard; left out where there is no page. */
  page?: "heard" | "waits";
  onChange: (track: Track) => void;
}

/** What is heard in the film. */
export function SoundFields({ track, page, onChange }: SoundFieldsProps) {
  const change = (part: Partial<Track>) => onChange({ ...track, ...part });
  return (
    <fieldset aria-label="Sound" className="flex w-full flex-wrap items-start gap-x-4 gap-y-2.5">
      <SoundField label="Voice" value={track.voice} onChange={(voice) => change({ voice })} />
      <SoundField label="Music" value={track.music} onChange={(music) => change({ music })} />
      {track.music && (
        <Field label="Music, %" error={isVolume(track.musicVolume) ? undefined : "0 to 100"} className="w-20">
          <Input
            type="number"
            min={0}
            max={100}
            value={Number.isNaN(track.musicVolume) ? "" : track.musicVolume}
            onChange={(event) => change({ musicVolume: event.target.valueAsNumber })}
            className="tabular-nums"
          />
        </Field>
      )}
      {page && (
        <div className="w-full">
          <Checkbox
            label={page === "heard" ? "The page's own sound" : "The page's own sound (in real time only)"}
            checked={track.page && page === "heard"}
            disabled={page === "waits"}
            onChange={(next) => change({ page: next })}
          />
        </div>
      )}
    </fieldset>
  );
}
