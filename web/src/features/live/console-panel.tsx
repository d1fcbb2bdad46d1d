import { Terminal } from "lucide-react";
import { ConsoleLines } from "@/components/console-lines.tsx";
import { Empty } from "@/components/states.tsx";
import { useLive } from "./use-live.ts";

export function ConsolePanel() {
  const lines = useLive((model) => model.console);
  if (lines.length === 0) {
    return (
      <Empty icon={<Terminal />} title="The console is quiet">
        What the page writes to its console shows here while you watch.
      </Empty>
    );
  }
  return <ConsoleLines lines={lines} follow />;
}
