import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { picturesQuery } from "@/api/pictures.ts";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Select } from "@/components/ui/select.tsx";
import { FileButton } from "./file-button.tsx";
import { Sending } from "./sending.tsx";
import { useDeletePicture, useSendPicture } from "./use-pictures.ts";

interface PictureFieldProps {
  label: string;
  /** The id of the picture; empty for none. */
  value: string;
  hint?: string;
  /** It was just asked for: what is chosen first has the focus. */
  isFresh: boolean;
  onChange: (id: string) => void;
}

/** A picture over a film: chosen among those that were sent, or sent now, and seen. */
export function PictureField({ label, value, hint, isFresh, onChange }: PictureFieldProps) {
  const pictures = useQuery(picturesQuery());
  const sending = useSendPicture((picture) => onChange(picture.id));
  const remove = useDeletePicture(() => onChange(""));
  const known = pictures.data?.items ?? [];
  const chosen = known.find(({ id }) => id === value);
  const choices = [
    { value: "", label: "None yet" },
    ...(value && pictures.data && !chosen ? [{ value, label: "A picture that was deleted" }] : []),
    ...known.map(({ id, name, width, height }) => ({ value: id, label: name, note: `${width} × ${height}` })),
  ];
  return (
    <div className="col-span-2 flex min-w-0 flex-col gap-1.5">
      <div className="flex items-start gap-1.5">
        <Field label="Picture" hint={hint} className="flex-1">
          <Select value={value} choices={choices} onChange={onChange} />
        </Field>
        <div className="mt-5 flex gap-1.5">
          {chosen && (
            <IconButton label={`Delete ${chosen.name}`} onClick={() => remove.mutate(chosen)}>
              <Trash2 />
            </IconButton>
          )}
          <FileButton
            what="a picture"
            label={label}
            accept="image/png,image/jpeg,image/webp"
            disabled={sending.isSending}
            autoFocus={isFresh}
            onFile={sending.send}
          />
        </div>
      </div>
      {sending.isSending && <Sending label={label} share={sending.share} onStop={sending.stop} />}
      {chosen && (
        <img src={chosen.content} alt={chosen.name} className="h-16 w-full rounded border border-line checkers object-contain p-1" />
      )}
    </div>
  );
}
