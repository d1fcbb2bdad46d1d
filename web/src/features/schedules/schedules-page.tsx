import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarClock, Plus } from "lucide-react";
import { schedulesQuery } from "@/api/schedules.ts";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, SkeletonRows } from "@/components/states.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { NewScheduleDialog } from "./new-schedule-dialog.tsx";
import { ScheduleRow } from "./schedule-row.tsx";

export function SchedulesPage() {
  useNamePlace("Schedules");
  const { add, page } = useSearch({ from: "/frame/schedules" });
  const navigate = useNavigate({ from: "/schedules" });
  const schedules = useQuery(schedulesQuery(page));
  const items = schedules.data?.items ?? [];
  const close = () => navigate({ search: (old) => ({ ...old, add: undefined }) });

  return (
    <>
      {/* Where there is none, the place itself says what to do. */}
      <PageHeader title="Schedules">{items.length > 0 && <NewLink />}</PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {schedules.isPending && <SkeletonRows className="rounded-lg border border-line" />}
        {schedules.isError && <Failure what="Schedules could not be loaded" error={schedules.error} retry={schedules.refetch} />}
        {schedules.data && items.length === 0 && (
          <Empty icon={<CalendarClock />} title="No schedules yet" action={<NewLink />}>
            A schedule runs a recording again and again: each morning, every quarter of an hour, on weekdays.
          </Empty>
        )}
        {items.length > 0 && (
          <ul aria-label="Schedules" className="overflow-hidden rounded-lg border border-line bg-surface">
            {items.map((schedule) => (
              <ScheduleRow key={schedule.id} schedule={schedule} />
            ))}
          </ul>
        )}
      </div>
      <Pager pagination={schedules.data?.pagination} onPage={(next) => navigate({ search: (old) => ({ ...old, page: next }) })} />
      {add && <NewScheduleDialog recordingId={add === "any" ? undefined : add} onClose={close} />}
    </>
  );
}

function NewLink() {
  return (
    <Link to="/schedules" search={(old) => ({ ...old, add: "any" })} className={buttonStyle({ tone: "primary" })}>
      <Plus />
      New schedule
    </Link>
  );
}
