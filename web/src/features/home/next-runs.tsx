import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock } from "lucide-react";
import { schedulesQuery } from "@/api/schedules.ts";
import { Section } from "@/components/section.tsx";
import { Failure } from "@/components/states.tsx";
import { formatMoment } from "@/features/schedules/when.ts";
import { formatUntil } from "@/lib/moment.ts";
import { useNow } from "@/lib/use-now.ts";

/** Which runs begin next by themselves; nothing where there are no schedules. */
export function NextRuns() {
  const schedules = useQuery(schedulesQuery());
  const now = useNow();
  const due = (schedules.data?.items ?? [])
    .flatMap(({ enabled, id, name, timeZone, next: [at] }) => (enabled && at ? [{ id, name, timeZone, at }] : []))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .slice(0, 4);
  if (due.length === 0 && !schedules.isError) return null;
  return (
    <Section
      title="Next runs"
      actions={
        <Link
          to="/schedules"
          className="flex items-center rounded px-1 text-data text-muted hover:text-ink max-md:min-h-11 max-md:min-w-11 max-md:justify-end"
        >
          All schedules
        </Link>
      }
    >
      <div className="rounded-lg border border-line bg-surface">
        {schedules.isError && <Failure what="Schedules could not be loaded" error={schedules.error} retry={schedules.refetch} compact />}
        <ul>
          {due.map(({ id, name, timeZone, at }) => (
            <li key={id} className="border-b border-line last:border-0">
              <Link
                to="/runs"
                search={{ scheduleId: id }}
                data-row
                className="flex min-h-9 items-center gap-2.5 px-4 py-1.5 -outline-offset-2 hover:bg-hover"
              >
                <CalendarClock className="size-4 shrink-0 text-faint" aria-hidden />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <time dateTime={at} title={`${formatMoment(at, timeZone)} (${timeZone})`} className="num text-data text-muted">
                  {formatUntil(at, now)}
                </time>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
