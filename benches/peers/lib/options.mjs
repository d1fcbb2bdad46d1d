// The options that every runner takes: --browser=PATH, --repeat=N, --only=PART of the browsers' paths.
import { parseArgs } from "node:util";

export const quietFlags = [
  "--disable-quic",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
];

export function options() {
  const { values } = parseArgs({
    options: {
      browser: { type: "string", default: "/usr/bin/chromium-headless-shell" },
      repeat: { type: "string", default: "8" },
      server: { type: "string", default: "" },
      only: { type: "string", default: "" },
      seconds: { type: "string", default: "5" },
    },
  });
  return {
    browser: values.browser,
    repeat: Number(values.repeat),
    only: values.only,
    server: values.server,
    seconds: Number(values.seconds),
  };
}
