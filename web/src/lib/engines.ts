import type { Choice } from "@/components/ui/select.tsx";

/** The browser engines that pages can run in; the same words as the API's `browser`. */
export type Engine = "chromium" | "firefox" | "webkit";

export const engines: readonly Choice<Engine>[] = [
  { value: "chromium", label: "Chromium" },
  { value: "firefox", label: "Firefox" },
  { value: "webkit", label: "WebKit" },
];

export const engineNames: readonly Engine[] = engines.map(({ value }) => value);

export const defaultEngine: Engine = "chromium";

/** `chromium` → `Chromium`; a name that is not known stays as it is. */
export const browserName = (name: string | null | undefined): string =>
  engines.find((engine) => engine.value === (name || defaultEngine))?.label ?? String(name);
