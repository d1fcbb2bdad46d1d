import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { isVolume, type Track } from "./sound.ts";
import { SoundField } from "./sound-field.tsx";

/** What is heard in the film. */
export function SoundFields({ track, onChange }: { track: Track; onChange: (track: Track) => void }) {
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
    </fieldset>
  );
}
