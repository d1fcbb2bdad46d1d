import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { pictureUrl } from "@/api/artifacts.ts";
import { errorQuery } from "@/api/errors.ts";
import type { ConsoleLine, ErrorRecord, NetworkLine } from "@/api/types.ts";
import { BeforeAfter } from "@/components/before-after.tsx";
import { ConsoleLines } from "@/components/console-lines.tsx";
import { CopyId } from "@/components/copy-id.tsx";
import { Moment } from "@/components/moment.tsx";
import { NetworkLines } from "@/components/network-lines.tsx";
import { Picture } from "@/components/picture.tsx";
import { Section } from "@/components/section.tsx";
import { Failure, Skeleton } from "@/components/states.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { plural } from "@/lib/plural.ts";
import { sentence } from "@/lib/sentence.ts";
import { cutMiddle } from "@/lib/shorten.ts";
import { errorTitle, KindWord, SeverityWord } from "./error-kind.tsx";

export function ErrorPage() {
  const { id } = useParams({ from: "/frame/errors/$id" });
  const error = useQuery(errorQuery(id));
  useNamePlace(error.data && cutMiddle(errorTitle(error.data), 60));
  if (error.isError) {
    return <Failure heading="h1" className="py-24" what="This error cannot be shown" error={error.error} retry={error.refetch} />;
  }
  if (!error.data) {
    return (
      <div aria-busy="true" className="flex flex-col gap-4 p-6">
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-72" />
        <Skeleton className="h-32" />
      </div>
    );
  }
  return <Shown error={error.data} />;
}

function Shown({ error }: { error: ErrorRecord }) {
  const { evidence } = error;
  const after = pictureUrl(evidence?.screenshot);
  const before = pictureUrl(evidence?.before?.at(-1));
  const dom = pictureUrl(evidence?.dom);
  // The API leaves the lines open; they are those of the live view.
  const consoleLines = (evidence.console ?? []) as unknown as ConsoleLine[];
  const networkLines = (evidence.network ?? []) as unknown as NetworkLine[];
  return (
    <div className="mx-auto flex max-w-280 flex-col gap-6 p-6 max-md:p-4">
      <header>
        <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1">
          <SeverityWord severity={error.severity} />
          <KindWord kind={error.kind} />
          <Moment at={error.occurredAt} />
          <span className="num text-muted">met {plural(error.count ?? 1, "time")}</span>
          <CopyId id={error.id} label="Copy error id" />
        </div>
        <h1 className="text-h1 font-semibold break-words max-md:text-h2">{errorTitle(error)}</h1>
        {error.detail && <p className="mt-1 break-words whitespace-pre-wrap text-muted">{sentence(error.detail)}</p>}
        {error.url && <p className="code mt-1 break-all text-muted">{error.url}</p>}
        <div className="mt-3 flex flex-wrap gap-2">
          {error.runId && (
            <Link
              to="/runs/$id"
              params={{ id: error.runId }}
              search={{ step: error.stepIndex === undefined || error.stepIndex === null ? undefined : error.stepIndex + 1 }}
              className={buttonStyle({ size: "sm" })}
            >
              {error.stepIndex === undefined || error.stepIndex === null ? "Open the run" : `Open the run at step ${error.stepIndex + 1}`}
            </Link>
          )}
          {error.sessionId && (
            <Link to="/sessions/$id" params={{ id: error.sessionId }} className={buttonStyle({ size: "sm" })}>
              Open the session
            </Link>
          )}
          {dom && (
            <a href={dom} target="_blank" rel="noopener" className={buttonStyle({ size: "sm" })}>
              Open the document
            </a>
          )}
        </div>
      </header>

      {(after || before) && (
        <Section title={before && after ? "Before and after" : "Picture"}>
          {before && after ? (
            <BeforeAfter before={before} after={after} />
          ) : (
            <Picture
              src={after ?? before}
              alt="The page when it happened"
              fit="contain"
              className="max-h-[60dvh] max-w-full rounded-lg border border-line"
            />
          )}
        </Section>
      )}
      {error.stack && (
        <Section title="Stack">
          <pre className="code overflow-auto rounded-lg border border-line bg-surface p-4">{error.stack}</pre>
        </Section>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <Section title="Console around it">
          <div className="overflow-hidden rounded-lg border border-line bg-surface">
            {consoleLines.length > 0 ? <ConsoleLines lines={consoleLines} /> : <Nothing text="The console was quiet." />}
          </div>
        </Section>
        <Section title="Network around it">
          <div className="overflow-hidden rounded-lg border border-line bg-surface">
            {networkLines.length > 0 ? <NetworkLines lines={networkLines} /> : <Nothing text="No request failed." />}
          </div>
        </Section>
      </div>
    </div>
  );
}

function Nothing({ text }: { text: string }) {
  return <p className="px-4 py-5 text-center text-muted">{text}</p>;
}
