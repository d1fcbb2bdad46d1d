import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, Pencil, Play, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { changeSchedule, deleteSchedule, restoreSchedule, runScheduleNow } from "@/api/schedules.ts";
import type { Schedule } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { StatusWord } from "@/components/status.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { Switch } from "@/components/ui/switch.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { formatUntil } from "@/lib/moment.ts";
import { useNow } from "@/lib/use-now.ts";
import { ChangeScheduleDialog } from "./change-schedule-dialog.tsx";
import { formatMoment, inWords, namesHour } from "./when.ts";

/** A schedule in the list: what, when, how its last run went, and whether it is in force. */
export function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const { id, name } = schedule;
  const cache = useQueryClient();
  const [changing, setChanging] = useState(false);
  const refresh = () => cache.invalidateQueries({ queryKey: ["schedules"] });
  const enable = useMutation({
    mutationFn: (enabled: boolean) => changeSchedule(id, { enabled }),
    onError: (error) => toast.failed("It could not be changed", error),
    onSettled: refresh,
  });
  const run = useMutation({
    mutationFn: () => runScheduleNow(id),
    onSuccess: () => {
      toast.done(`A run of “${name}” is queued`);
      cache.invalidateQueries({ queryKey: ["runs"] });
    },
    onError: (error) => toast.failed("The run could not be started", error),
    onSettled: refresh,
  });
  const restore = useMutation({ mutationFn: () => restoreSchedule(id), onSettled: refresh });
  const remove = useMutation({
    mutationFn: () => deleteSchedule(id),
    onSuccess: () => toast.done(`“${name}” deleted`, { undo: () => restore.mutate() }),
    onError: (error) => toast.failed("It could not be deleted", error),
    onSettled: refresh,
  });
  const words = inWords(schedule.cron);
  const isOn = enable.isPending ? enable.variables : schedule.enabled;
  // What is wrong comes before what was.
  const trouble = schedule.disabledReason ?? (schedule.lastSkippedReason && `Left out last time: ${schedule.lastSkippedReason}`);

  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line px-3 py-2.5 last:border-0 hover:bg-hover md:grid-cols-[auto_minmax(0,5fr)_minmax(0,4fr)_8rem_auto] md:gap-x-4">
      <Switch label={`${name} is in force`} checked={isOn} onChange={(on) => enable.mutate(on)} />
      <div className="min-w-0">
        <Link to="/runs" search={{ scheduleId: id }} data-row title={`Runs of ${name}`} className="block truncate font-medium">
          {name}
        </Link>
        {schedule.recordingName ? (
          <Link
            to="/recordings/$id"
            params={{ id: schedule.recordingId }}
            className="inline-flex max-w-full items-center text-data text-muted hover:text-ink max-md:min-h-11"
          >
            <span className="truncate">{schedule.recordingName}</span>
          </Link>
        ) : (
          <span className="text-data text-muted">Recording deleted</span>
        )}
      </div>
      <div className="min-w-0 max-md:order-last max-md:col-span-2 max-md:col-start-2">
        <p className="break-words first-letter:uppercase">
          {words === schedule.cron ? <code>{words}</code> : words}{" "}
          {namesHour(schedule.cron) && <span className="text-muted">({schedule.timeZone})</span>}
        </p>
        <Next schedule={schedule} />
        {trouble && (
          <p className="flex gap-1.5 text-data text-warning-text">
            <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
            {trouble}
          </p>
        )}
      </div>
      <div className="max-md:order-last max-md:col-span-2 max-md:col-start-2">
        <Last schedule={schedule} />
      </div>
      <div className="flex items-center">
        <IconButton label={`Run ${name} now`} disabled={run.isPending || !schedule.recordingName} onClick={() => run.mutate()}>
          <Play />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={`More for ${name}`}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={() => setChanging(true)}>
            Change…
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger onSelect={() => remove.mutate()}>
            Delete
          </MenuItem>
        </Menu>
      </div>
      {changing && <ChangeScheduleDialog schedule={schedule} onClose={() => setChanging(false)} />}
    </li>
  );
}

/** When the next run begins. */
function Next({ schedule }: { schedule: Schedule }) {
  const now = useNow();
  const next = schedule.next[0];
  if (!next) return <p className="text-data text-muted">Paused</p>;
  return (
    <p className="text-data text-muted">
      Next{" "}
      <time dateTime={next} title={`${formatMoment(next, schedule.timeZone)} (${schedule.timeZone})`} className="num">
        {formatUntil(next, now)}
      </time>
    </p>
  );
}

/** How the last run went. */
function Last({ schedule }: { schedule: Schedule }) {
  const last = schedule.lastRun;
  if (!last) return <span className="text-data text-muted">No run yet</span>;
  return (
    <Link
      to="/runs/$id"
      params={{ id: last.id }}
      className="inline-flex flex-wrap items-center gap-x-2 rounded text-data hover:underline max-md:min-h-11 md:flex-col md:items-start"
    >
      <StatusWord status={last.status} />
      <Moment at={last.finishedAt ?? last.createdAt} />
    </Link>
  );
}
