import { useQuery } from "@tanstack/react-query";
import { recordingsQuery } from "@/api/recordings.ts";
import type { RecordedStep } from "@/api/types.ts";
import { Field } from "@/components/ui/field.tsx";
import { Select } from "@/components/ui/select.tsx";

interface RecordingChoiceProps {
  step: RecordedStep;
  /** The recording under edit, which cannot include itself. */
  self: string;
  onChange: (patch: Partial<RecordedStep>) => void;
}

/** Which recording is performed in the place of the step. */
export function RecordingChoice({ step, self, onChange }: RecordingChoiceProps) {
  const { data, isPending, isError } = useQuery(recordingsQuery({ limit: 200 }));
  const chosen = String(step.recording ?? "");
  const choices = (data?.items ?? []).filter((each) => each.id !== self).map(({ id, name }) => ({ value: id, label: name }));
  const known = choices.some((choice) => choice.value === chosen);
  const missing = isPending ? "Loading…" : chosen ? `${String(step.recordingName ?? chosen)} (not there any more)` : "Choose one";
  return (
    <Field label="Recording" hint={isError ? "The recordings could not be loaded" : undefined} className="sm:col-span-2">
      <Select
        label="Recording"
        value={chosen}
        choices={known ? choices : [{ value: chosen, label: missing }, ...choices]}
        onChange={(id) => onChange({ recording: id, recordingName: choices.find((choice) => choice.value === id)?.label })}
      />
    </Field>
  );
}
