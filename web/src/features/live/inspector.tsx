import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "@/components/ui/tabs.tsx";
import { ConsolePanel } from "./console-panel.tsx";
import { ErrorsPanel } from "./errors-panel.tsx";
import { NetworkPanel } from "./network-panel.tsx";
import type { Box } from "./protocol.ts";
import { StepsPanel } from "./steps-panel.tsx";
import { useLive } from "./use-live.ts";

/** What happens in the page, told in four ways. */
export function Inspector({ onGlow }: { onGlow: (box: Box | undefined) => void }) {
  const { panel = "steps" } = useSearch({ from: "/frame/sessions/$id" });
  const navigate = useNavigate({ from: "/sessions/$id" });
  const steps = useLive((model) => model.steps.length);
  const console = useLive((model) => model.console.length);
  const network = useLive((model) => model.network.length);
  const errors = useLive((model) => model.exceptions.length);
  return (
    <Tabs
      label="Inspector"
      className="h-full"
      value={panel}
      onChange={(value) => navigate({ search: { panel: value === "steps" ? undefined : value }, replace: true })}
      items={[
        { value: "steps", label: "Steps", count: steps, content: <StepsPanel onGlow={onGlow} /> },
        { value: "console", label: "Console", count: console, content: <ConsolePanel /> },
        { value: "network", label: "Network", count: network, content: <NetworkPanel /> },
        { value: "errors", label: "Errors", count: errors, alarm: true, content: <ErrorsPanel /> },
      ]}
    />
  );
}
