import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, ChevronRight } from "lucide-react";
import { useState } from "react";
import { recordingQuery, recordingsQuery } from "@/api/recordings.ts";
import { createSchedule } from "@/api/schedules.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { DataField } from "@/features/runs/data-field.tsx";
import { asUsual, requested } from "@/features/runs/performing.ts";
import { BrowserFields, PerformingFields } from "@/features/runs/performing-fields.tsx";
import { givenOf, type Values } from "@/features/runs/values.ts";
import { VariableFields } from "@/features/runs/variable-fields.tsx";
import { ownTimeZone, toCron, type When } from "./when.ts";
import { WhenFields } from "./when-fields.tsx";

interface NewScheduleDialogProps {
  /** The recording to begin with. */
  recordingId?: string;
  onClose: () => void;
}

/** What runs again and again, how, and when. */
export function NewScheduleDialog({ recordingId = "", onClose }: NewScheduleDialogProps) {
  const cache = useQueryClient();
  const [recording, setRecording] = useState(recordingId);
  const [name, setName] = useState("");
  const [performing, setPerforming] = useState(asUsual);
  const [data, setData] = useState("");
  const [variables, setVariables] = useState<Values>({});
  const [when, setWhen] = useState<When>({ repeat: "daily", time: "07:00", day: "1", cron: "" });
  const [timeZone, setTimeZone] = useState(ownTimeZone);
  const recordings = useQuery(recordingsQuery({ limit: 200 }));
  const chosen = useQuery({ ...recordingQuery(recording), enabled: recording !== "" });
  const choices = (recordings.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }));
  const known = choices.some((choice) => choice.value === recording);
  const other = { value: recording, label: recording ? (chosen.data?.name ?? "Loading…") : "Choose one" };

  const create = useMutation({
    mutationFn: () =>
      createSchedule({
        name: name.trim() || undefined,
        cron: toCron(when),
        timeZone: timeZone.trim(),
        run: {
          ...requested(performing),
          recordingId: recording,
          variables: givenOf(variables),
          data: data.trim() === "" ? undefined : data,
        },
      }),
    onSuccess: (schedule) => {
      toast.done(`“${schedule.name}” is scheduled`);
      cache.invalidateQueries({ queryKey: ["schedules"] });
      onClose();
    },
  });
  const isReady = recording !== "" && toCron(when) !== "" && timeZone.trim() !== "";
  const go = () => isReady && !create.isPending && create.mutate();

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New schedule"
      className="top-[6dvh]"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" icon={<CalendarClock />} busy={create.isPending} disabled={!isReady} onClick={go}>
            Create schedule
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Field label="Recording" hint={recordings.isError ? "The recordings could not be loaded" : undefined} className="sm:col-span-2">
          <Select
            label="Recording"
            value={recording}
            choices={known ? choices : [other, ...choices]}
            onChange={(id) => {
              setRecording(id);
              setVariables({});
              setData("");
            }}
          />
        </Field>
        {chosen.data && (
          <VariableFields document={chosen.data.document} values={variables} onChange={setVariables} className="sm:col-span-2" />
        )}
        <WhenFields when={when} timeZone={timeZone} onWhen={setWhen} onTimeZone={setTimeZone} />
        <BrowserFields value={performing} onChange={setPerforming} />
        <Field label="Name" className="sm:col-span-2">
          <Input value={name} onValueChange={setName} maxLength={200} placeholder={chosen.data?.name ?? "That of the recording"} />
        </Field>
        <details className="group sm:col-span-2">
          <summary className="-ml-1 flex h-8 w-fit items-center gap-1 rounded px-1 text-muted select-none hover:text-ink max-md:h-11">
            <ChevronRight className="size-4 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
            Timing, pictures, limits
          </summary>
          <div className="mt-2 grid gap-3 sm:grid-cols-2">
            {chosen.data && <DataField document={chosen.data.document} text={data} onChange={setData} />}
            <PerformingFields value={performing} onChange={setPerforming} />
          </div>
        </details>
        <button type="submit" hidden />
        {create.error && (
          <p role="alert" className="text-danger-text sm:col-span-2">
            {create.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
