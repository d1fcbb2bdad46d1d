import { FilmIcon } from "lucide-react";
import { useState } from "react";
import type { FilmDetail } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { changesOf, settingsOf } from "./again.ts";
import { LookFields } from "./look-fields.tsx";
import { problemsOf } from "./quality.ts";
import { QualityFields } from "./quality-fields.tsx";
import { useFilmAgain } from "./use-film-again.ts";
import { againWords } from "./words.ts";

interface AgainDialogProps {
  film: FilmDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The same script filmed once more, at another size or with another look. */
export function AgainDialog({ film, open, onOpenChange }: AgainDialogProps) {
  const [settings, setSettings] = useState(() => settingsOf(film));
  const again = useFilmAgain(film, () => onOpenChange(false));
  const problems = problemsOf(settings.quality);
  const isRight = Object.keys(problems).length === 0;
  const go = () => isRight && !again.isPending && again.mutate(changesOf(film, settings));
  const change = (part: Partial<typeof settings>) => setSettings((old) => ({ ...old, ...part }));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Film again"
      description={againWords(film.order)}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" icon={<FilmIcon />} busy={again.isPending} disabled={!isRight} onClick={go}>
            Film again
          </Button>
        </>
      }
    >
      <form
        className="flex flex-wrap items-start gap-x-3 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Field label="Name" className="w-full">
          <Input value={settings.name} maxLength={200} onValueChange={(name) => change({ name })} />
        </Field>
        <QualityFields value={settings} problems={problems} onChange={change} />
        <LookFields look={settings.look} onChange={(look) => change({ look })} />
        <button type="submit" hidden />
        {again.error && (
          <p role="alert" className="w-full text-danger-text">
            {again.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
