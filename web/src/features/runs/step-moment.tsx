import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { runArtifactsQuery } from "@/api/runs.ts";
import type { RunDetail, RunStep } from "@/api/types.ts";
import { Tabs } from "@/components/ui/tabs.tsx";
import { CallLog } from "./call-log.tsx";
import { ConsoleEvidence, DomEvidence, FullPageEvidence, NetworkEvidence, VideoEvidence } from "./evidence.tsx";
import { StepPicture } from "./step-picture.tsx";

/** The moment of one step, seen in several ways. */
export function StepMoment({ run, step }: { run: RunDetail; step: RunStep }) {
  const { tab = "picture" } = useSearch({ from: "/frame/runs/$id" });
  const navigate = useNavigate({ from: "/runs/$id" });
  const artifacts = useQuery({ ...runArtifactsQuery(run.id), enabled: run.status !== "queued" }).data ?? [];
  const of = (kind: string) => artifacts.find((artifact) => artifact.kind === kind);
  const video = of("video");
  return (
    <Tabs
      label="Evidence"
      className="h-full"
      value={tab === "video" && !video ? "picture" : tab}
      onChange={(value) => navigate({ search: (old) => ({ ...old, tab: value === "picture" ? undefined : value }), replace: true })}
      items={[
        { value: "picture", label: "Picture", content: <StepPicture run={run} step={step} /> },
        ...(video ? [{ value: "video" as const, label: "Video", content: <VideoEvidence artifact={video} /> }] : []),
        { value: "console", label: "Console", content: <ConsoleEvidence artifact={of("console")} /> },
        { value: "network", label: "Network", content: <NetworkEvidence artifact={of("network")} /> },
        { value: "log", label: "Call log", content: <CallLog step={step} /> },
        { value: "dom", label: "DOM", content: <DomEvidence artifact={of("dom")} /> },
        { value: "page", label: "Full page", content: <FullPageEvidence artifact={of("fullPage")} /> },
      ]}
    />
  );
}
