/** `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `yesterday`, `4 d ago`, then the date. */
export function formatRelative(at: string | number | Date, now: number = Date.now()): string {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) return "–";
  const seconds = Math.round((now - time) / 1000);
  if (seconds < -60) return formatExact(at);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.round(hours / 24);
  if (days === 1) return "yesterday";
  if (days < 14) return `${days} d ago`;
  return new Date(time).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
}

/** `in 5 min`, `in 3 h`, `in 4 d`: how far ahead it is. */
export function formatUntil(at: string | number | Date, now: number = Date.now()): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  if (Number.isNaN(seconds)) return "–";
  if (seconds <= 0) return "now";
  if (seconds < 60) return "in less than a minute";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.round(hours / 24)} d`;
}

/** The exact moment, in the reader's own zone, for a tooltip. */
export function formatExact(at: string | number | Date): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "–";
  return date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** `14:03:07.120`, for lines of a log. */
export function formatClock(at: string | number | Date): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
