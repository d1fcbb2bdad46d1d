// What every runner measures in the same way: percentiles, CPU and memory of a process tree.
import { readdirSync, readFileSync } from "node:fs";

const quantile = (values, at) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] : Number.NaN;
};
const rounded = (value) => Math.round(value * 100) / 100;

/** Count, least, median, 95th percentile, and greatest of some figures. */
export function distribution(values) {
  return {
    n: values.length,
    min: rounded(Math.min(...values)),
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
    max: rounded(Math.max(...values)),
  };
}

function parentOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

/** A process and all that descend from it. */
export function tree(root) {
  const children = new Map();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent === null) continue;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(Number(entry));
  }
  const found = [root];
  for (let next = 0; next < found.length; next += 1) found.push(...(children.get(found[next]) ?? []));
  return found;
}

/** CPU seconds that a list of processes has used (user and system, 100 ticks a second). */
export function cpuSeconds(pids) {
  let ticks = 0;
  for (const pid of pids) {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return ticks / 100;
}

/** Resident memory of one process in MiB. */
export function residentMib(pid) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m);
  return rounded(Number(line[1]) / 1024);
}
