/** How often a schedule repeats, as the form asks and as people say it. */
export type Repeat = "quarter" | "hourly" | "daily" | "weekdays" | "weekly" | "custom";

export interface When {
  repeat: Repeat;
  /** `07:30` */
  time: string;
  /** 0 is Sunday. */
  day: string;
  /** What is written by hand. */
  cron: string;
}

export const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The cron expression of what was chosen. */
export function toCron({ repeat, time, day, cron }: When): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  switch (repeat) {
    case "quarter":
      return "*/15 * * * *";
    case "hourly":
      return "0 * * * *";
    case "daily":
      return `${minute} ${hour} * * *`;
    case "weekdays":
      return `${minute} ${hour} * * MON-FRI`;
    case "weekly":
      return `${minute} ${hour} * * ${names[Number(day)] ?? day}`;
    case "custom":
      return cron.trim();
  }
}

const repeats: readonly Repeat[] = ["quarter", "hourly", "daily", "weekdays", "weekly"];

/** What was chosen for this expression, as far as it is among the usual. */
export function fromCron(cron: string): When {
  const [minute = "", hour = ""] = cron.split(/\s+/);
  const time = isNumber(minute) && isNumber(hour) ? `${two(hour)}:${two(minute)}` : "07:00";
  const usual = repeats.flatMap((repeat) => days.map((_, day) => ({ repeat, time, day: String(day), cron })));
  return usual.find((when) => toCron(when) === cron) ?? { repeat: "custom", time, day: "1", cron };
}

const words: Record<string, string> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
};

const two = (value: string) => value.padStart(2, "0");
const isNumber = (field: string) => /^\d{1,2}$/.test(field);

/** `every day at 07:00`; what is not among the usual stays as it was written. */
export function inWords(cron: string): string {
  const fields = (words[cron.toLowerCase()] ?? cron).split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  const rest = [day, month, weekday].join(" ");
  if (fields.length !== 5) return cron;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (rest === "* * *" && hour === "*") {
    if (minute === "*") return "every minute";
    if (step) return `every ${step} minutes`;
    if (isNumber(minute)) return minute === "0" ? "every hour" : `every hour, ${minute} min past`;
  }
  if (!isNumber(minute) || !isNumber(hour)) return cron;
  const time = `${two(hour)}:${two(minute)}`;
  if (rest === "* * *") return `every day at ${time}`;
  if (day === "*" && month === "*" && /^(MON-FRI|1-5)$/i.test(weekday)) return `on weekdays at ${time}`;
  if (day === "*" && month === "*") {
    const at = isNumber(weekday) ? Number(weekday) % 7 : names.indexOf(weekday.toUpperCase());
    if (days[at]) return `every ${days[at]} at ${time}`;
  }
  if (isNumber(day) && month === "*" && weekday === "*") return `on day ${day} of each month at ${time}`;
  return cron;
}

/** Whether it matters where the clock hangs. */
export const namesHour = (cron: string): boolean => !/^(@hourly|\S+\s+\*)/i.test(cron.trim());

/** Where the clock of this browser hangs. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** `Tue, 3 Nov, 07:00` by the clock of the schedule. */
export function formatMoment(at: string, timeZone: string): string {
  const style = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  try {
    return new Date(at).toLocaleString(undefined, { ...style, timeZone });
  } catch {
    // The server knows zones that this browser does not.
    return `${new Date(at).toLocaleString(undefined, { ...style, timeZone: "UTC" })} UTC`;
  }
}
