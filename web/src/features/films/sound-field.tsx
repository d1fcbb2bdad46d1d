import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { soundsQuery } from "@/api/sounds.ts";
import type { Sound } from "@/api/types.ts";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Select } from "@/components/ui/select.tsx";
import { formatDuration } from "@/lib/duration.ts";
import { FileButton } from "./file-button.tsx";
import { Sending } from "./sending.tsx";
import { useDeleteSound, useSendSound } from "./use-sounds.ts";

interface SoundFieldProps {
  label: string;
  /** The id of the sound; empty for none. */
  value: string;
  onChange: (id: string) => void;
}

/** One sound of a film: chosen among those that were sent, or sent now, and listened to. */
export function SoundField({ label, value, onChange }: SoundFieldProps) {
  const sounds = useQuery(soundsQuery());
  const sending = useSendSound((sound) => onChange(sound.id));
  const remove = useDeleteSound(() => onChange(""));
  const known = sounds.data?.items ?? [];
  const chosen = known.find(({ id }) => id === value);
  const missing = value && sounds.data && !chosen ? [{ value, label: "A sound that was deleted" }] : [];
  const choices = [
    { value: "", label: "None" },
    ...missing,
    ...known.map(({ id, name, durationMs }) => ({ value: id, label: name, note: formatDuration(durationMs) })),
  ];
  return (
    <div className="flex min-w-56 flex-1 flex-col gap-1.5">
      <div className="flex items-end gap-1.5">
        <Field label={label} className="flex-1">
          <Select value={value} choices={choices} onChange={onChange} />
        </Field>
        {chosen && (
          <IconButton label={`Delete ${chosen.name}`} onClick={() => remove.mutate(chosen)}>
            <Trash2 />
          </IconButton>
        )}
        <FileButton
          what="a sound"
          label={label}
          accept="audio/*,video/mp4,video/webm,.mp3,.wav,.flac,.ogg,.m4a,.aac"
          disabled={sending.isSending}
          onFile={sending.send}
        />
      </div>
      {sending.isSending && <Sending label={label} share={sending.share} onStop={sending.stop} />}
      {chosen && <Listen key={chosen.id} sound={chosen} />}
    </div>
  );
}

function Listen({ sound }: { sound: Sound }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: somebody listens to what they have sent
    <audio src={sound.content} controls preload="none" aria-label={sound.name} className="h-8 w-full max-md:h-11" />
  );
}
