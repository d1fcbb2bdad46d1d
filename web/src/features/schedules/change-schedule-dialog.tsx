import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeSchedule } from "@/api/schedules.ts";
import type { Schedule } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { fromCron, toCron } from "./when.ts";
import { WhenFields } from "./when-fields.tsx";

interface ChangeScheduleDialogProps {
  schedule: Schedule;
  onClose: () => void;
}

/** Another time or name; how it runs stays, with the values that were given and that nobody reads again. */
export function ChangeScheduleDialog({ schedule, onClose }: ChangeScheduleDialogProps) {
  const cache = useQueryClient();
  const [name, setName] = useState(schedule.name);
  const [when, setWhen] = useState(() => fromCron(schedule.cron));
  const [timeZone, setTimeZone] = useState(schedule.timeZone);
  const change = useMutation({
    mutationFn: () => changeSchedule(schedule.id, { name: name.trim(), cron: toCron(when), timeZone: timeZone.trim() }),
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: ["schedules"] });
      onClose();
    },
  });
  const isReady = name.trim() !== "" && toCron(when) !== "" && timeZone.trim() !== "";
  const go = () => isReady && !change.isPending && change.mutate();

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change schedule"
      description={schedule.recordingName}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={change.isPending} disabled={!isReady} onClick={go}>
            Save
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
        <WhenFields when={when} timeZone={timeZone} onWhen={setWhen} onTimeZone={setTimeZone} />
        <Field label="Name" className="sm:col-span-2">
          <Input value={name} onValueChange={setName} maxLength={200} />
        </Field>
        <button type="submit" hidden />
        {change.error && (
          <p role="alert" className="text-danger-text sm:col-span-2">
            {change.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
