import { Network } from "lucide-react";
import { NetworkLines } from "@/components/network-lines.tsx";
import { Empty } from "@/components/states.tsx";
import { useLive } from "./use-live.ts";

export function NetworkPanel() {
  const lines = useLive((model) => model.network);
  if (lines.length === 0) {
    return (
      <Empty icon={<Network />} title="No request has failed">
        Requests that fail or are refused show here with the reason.
      </Empty>
    );
  }
  return <NetworkLines lines={lines} />;
}
