import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId } from "react";
import { ApiError } from "@/api/api-error.ts";
import { previewQuery } from "@/api/schedules.ts";
import { Skeleton } from "@/components/states.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { days, formatMoment, inWords, namesHour, type Repeat, toCron, type When } from "./when.ts";

const repeats: Choice<Repeat>[] = [
  { value: "quarter", label: "Every 15 minutes" },
  { value: "hourly", label: "Every hour" },
  { value: "daily", label: "Every day at" },
  { value: "weekdays", label: "On weekdays at" },
  { value: "weekly", label: "Every week on" },
  { value: "custom", label: "A cron expression" },
];
// The week of most readers begins on Monday.
const weekdays: Choice<string>[] = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: days[day] ?? "" }));

interface WhenFieldsProps {
  when: When;
  timeZone: string;
  onWhen: (when: When) => void;
  onTimeZone: (timeZone: string) => void;
}

/** How often, at what time, by which clock, and what comes of it. */
export function WhenFields({ when, timeZone, onWhen, onTimeZone }: WhenFieldsProps) {
  const zones = useId();
  const cron = useDeferredValue(toCron(when));
  const zone = useDeferredValue(timeZone.trim());
  const preview = useQuery({ ...previewQuery(cron, zone), enabled: cron !== "" && zone !== "" });
  const field = preview.error instanceof ApiError ? (preview.error.details as { field?: string } | undefined)?.field : undefined;
  const wrong = (name: string) => (field === name ? preview.error?.message : undefined);
  const isToldAbove = field === "timeZone" || (field === "cron" && when.repeat === "custom");
  const hasTime = ["daily", "weekdays", "weekly"].includes(when.repeat);
  return (
    <>
      <Field label="Repeats" className={hasTime || when.repeat === "custom" ? "" : "sm:col-span-2"}>
        <Select
          label="Repeats"
          value={when.repeat}
          choices={repeats}
          onChange={(repeat) => onWhen({ ...when, repeat, cron: when.cron || cron })}
        />
      </Field>
      {when.repeat === "custom" && (
        <Field label="Cron expression" hint="minute hour day month weekday" error={wrong("cron")}>
          <Input
            value={when.cron}
            onValueChange={(text) => onWhen({ ...when, cron: text })}
            className="code"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      {hasTime && (
        <div className="flex gap-3">
          {when.repeat === "weekly" && (
            <Field label="Day" className="flex-1">
              <Select label="Day" value={when.day} choices={weekdays} onChange={(day) => onWhen({ ...when, day })} />
            </Field>
          )}
          <Field label="Time" className="flex-1">
            <Input
              type="time"
              required
              value={when.time}
              onValueChange={(time) => time && onWhen({ ...when, time })}
              className="tabular-nums"
            />
          </Field>
        </div>
      )}
      <Field label="Time zone" error={wrong("timeZone")} className="sm:col-span-2">
        <Input list={zones} value={timeZone} onValueChange={onTimeZone} autoComplete="off" spellCheck={false} />
      </Field>
      <datalist id={zones}>
        {Intl.supportedValuesOf("timeZone").map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <section aria-label="Next runs" className="rounded border border-line bg-sunken px-3 py-2 sm:col-span-2">
        {preview.isError && isToldAbove ? (
          <p className="text-muted">The next runs are shown once this can be read.</p>
        ) : preview.isError ? (
          <p role="alert" className="text-danger-text">
            {preview.error.message}
          </p>
        ) : (
          <>
            <p className="font-medium first-letter:uppercase">
              {inWords(cron)} {namesHour(cron) && <span className="font-normal text-muted">({zone})</span>}
            </p>
            <ol className="num mt-1 text-data text-muted">
              {preview.data?.next.map((at) => <li key={at}>{formatMoment(at, preview.data.timeZone)}</li>) ?? <Skeleton className="h-20" />}
            </ol>
          </>
        )}
      </section>
    </>
  );
}
