import { useQuery } from "@tanstack/react-query";
import { CodeXml, ExternalLink, Image, Network, Terminal } from "lucide-react";
import type { ReactNode } from "react";
import { textArtifactQuery } from "@/api/artifacts.ts";
import type { Artifact, ConsoleLine, NetworkLine } from "@/api/types.ts";
import { ConsoleLines } from "@/components/console-lines.tsx";
import { NetworkLines } from "@/components/network-lines.tsx";
import { Picture } from "@/components/picture.tsx";
import { Empty, Failure, SkeletonRows } from "@/components/states.tsx";
import { parseLines } from "./evidence-lines.ts";

interface EvidenceProps {
  artifact: Artifact | undefined;
}

function Text({ artifact, children }: { artifact: Artifact; children: (text: string) => ReactNode }) {
  const text = useQuery(textArtifactQuery(artifact.url));
  if (text.isPending) return <SkeletonRows rows={5} />;
  if (text.isError) return <Failure what="The evidence could not be loaded" error={text.error} retry={text.refetch} />;
  return children(text.data);
}

export function ConsoleEvidence({ artifact }: EvidenceProps) {
  const empty = (
    <Empty icon={<Terminal />} title="No console kept">
      The console is kept when a step fails.
    </Empty>
  );
  if (!artifact) return empty;
  return (
    <Text artifact={artifact}>
      {(text) => {
        const lines = parseLines<ConsoleLine>(text);
        return lines.length > 0 ? <ConsoleLines lines={lines} /> : <Empty icon={<Terminal />} title="The console was quiet" />;
      }}
    </Text>
  );
}

export function NetworkEvidence({ artifact }: EvidenceProps) {
  if (!artifact) {
    return (
      <Empty icon={<Network />} title="No requests kept">
        Failed requests are kept when a step fails.
      </Empty>
    );
  }
  return (
    <Text artifact={artifact}>
      {(text) => {
        const lines = parseLines<NetworkLine>(text);
        return lines.length > 0 ? <NetworkLines lines={lines} /> : <Empty icon={<Network />} title="No request failed" />;
      }}
    </Text>
  );
}

export function DomEvidence({ artifact }: EvidenceProps) {
  if (!artifact) {
    return (
      <Empty icon={<CodeXml />} title="No document kept">
        The document is kept when a step fails.
      </Empty>
    );
  }
  return (
    <Text artifact={artifact}>
      {(text) => (
        <>
          <OpenLink url={artifact.url} />
          <pre className="code overflow-auto p-4 whitespace-pre-wrap">{text.slice(0, 400_000)}</pre>
        </>
      )}
    </Text>
  );
}

export function FullPageEvidence({ artifact }: EvidenceProps) {
  if (!artifact) {
    return (
      <Empty icon={<Image />} title="No full-page picture">
        The whole page is photographed when a step fails.
      </Empty>
    );
  }
  return (
    <div className="p-4">
      <OpenLink url={artifact.url} />
      <Picture
        src={artifact.url}
        alt="The whole page when the step failed"
        fit="contain"
        className="mt-2 max-w-full rounded border border-line"
      />
    </div>
  );
}

/** The film of the whole run; its tab is there only with a film. */
export function VideoEvidence({ artifact }: { artifact: Artifact }) {
  return (
    <div className="p-4">
      <OpenLink url={artifact.url} />
      {/* biome-ignore lint/a11y/useMediaCaption: nothing is spoken in it */}
      <video
        src={artifact.url}
        controls
        playsInline
        preload="metadata"
        aria-label="Film of the run"
        className="mt-2 max-h-[62dvh] w-fit max-w-full rounded border border-line bg-sunken"
      />
    </div>
  );
}

function OpenLink({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noopener" className="inline-flex items-center gap-1.5 px-4 pt-3 text-accent-text hover:underline">
      <ExternalLink className="size-3.5" aria-hidden />
      Open by itself
    </a>
  );
}
