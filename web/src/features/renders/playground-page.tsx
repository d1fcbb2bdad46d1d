import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Braces, Download, Play, Shapes } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isEnded, renderQuery, startRender } from "@/api/renders.ts";
import { CodeField } from "@/components/code-field.tsx";
import { Failure } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { Kbd } from "@/components/ui/kbd.tsx";
import { Menu, MenuItem } from "@/components/ui/menu.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { KeptChips } from "@/features/films/kept-chips.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { type Draft, keepDraft, loadDraft, problemsOf } from "./draft.ts";
import { Facts } from "./facts.tsx";
import { fromJob, hasCode, toJob } from "./job.ts";
import { keptOf } from "./kept.ts";
import { Poster, useRecentRenders } from "./output.tsx";
import { Parameters } from "./parameters.tsx";
import { RenderStage } from "./render-stage.tsx";
import { samples } from "./samples.ts";
import { useRenderEvents } from "./use-render-events.ts";

const kindNames = [
  { value: "p5", label: "p5" },
  { value: "js", label: "Script" },
  { value: "html", label: "Page" },
] as const;

/** Code on the left, what becomes of it on the right. */
export function PlaygroundPage() {
  useNamePlace("Playground");
  const { render: shown } = useSearch({ from: "/frame/renders/new" });
  const navigate = useNavigate({ from: "/renders/new" });
  const cache = useQueryClient();
  const [draft, setDraft] = useState(loadDraft);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const render = useQuery({ ...renderQuery(shown ?? ""), enabled: Boolean(shown) });
  const { connected } = useRenderEvents(render.data);
  const problems = problemsOf(draft);
  const kept = keptOf(draft);
  const isRight = Object.keys(problems).length === 0;

  useEffect(() => keepDraft(draft), [draft]);

  const start = useMutation({
    mutationFn: () => startRender(toJob(draft)),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["renders"] });
      return navigate({ search: { render: started.id }, replace: Boolean(shown) });
    },
    onError: (error) => toast.failed("It could not be rendered", error),
  });
  const go = () => isRight && !start.isPending && start.mutate();
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  useShortcuts({ "mod+Enter": go });

  const show = (id: string) => navigate({ search: { render: id }, replace: true });
  const job = render.data?.job;

  return (
    <div className="flex h-full flex-col max-md:h-auto">
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2.5">
        <h1 className="mr-2 text-h2 font-semibold">Playground</h1>
        <Segmented label="Kind of code" value={draft.kind} choices={kindNames} onChange={(kind) => change({ kind })} />
        <Menu align="start" trigger={<Button icon={<Shapes />}>Examples</Button>}>
          {samples.map((sample) => (
            <MenuItem
              key={sample.name}
              note={kindNames.find((kind) => kind.value === sample.kind)?.label}
              onSelect={() => {
                const before = draft;
                // What came with another code would only disturb this one.
                change({ kind: sample.kind, code: sample.code, rest: {} });
                toast.info(`“${sample.name}” is in the editor`, { undo: () => setDraft(before) });
                fieldRef.current?.focus();
              }}
            >
              {sample.name}
            </MenuItem>
          ))}
        </Menu>
        <Button tone="primary" className="ml-auto" icon={<Play />} busy={start.isPending} disabled={!isRight} onClick={go}>
          Render
          <span className="max-md:hidden">
            <Kbd>⌘↵</Kbd>
          </span>
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <section aria-label="Code" className="flex min-h-0 w-[44%] min-w-0 flex-col border-r border-line max-md:w-full max-md:border-r-0">
          <div className="flex min-h-0 flex-1 max-md:h-80 max-md:flex-none">
            <CodeField
              ref={fieldRef}
              label="Code"
              problem={problems.code}
              value={draft.code}
              problems={render.data ? badLines(render.data.result?.console ?? [], draft, job) : []}
              onChange={(code) => change({ code })}
              onApply={go}
            />
          </div>
          <div className="shrink-0 border-t border-line bg-surface p-3">
            <Parameters draft={draft} problems={problems} onChange={change} />
            {kept.length > 0 && (
              <div className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="text-data text-muted">Kept from its job and sent with it:</span>
                <KeptChips of="The job" kept={kept} onRemove={change} />
              </div>
            )}
          </div>
        </section>
        <section aria-label="Stage" className="flex min-h-0 min-w-0 flex-1 flex-col">
          {render.isError ? (
            <Failure what="This render cannot be shown" error={render.error} retry={render.refetch} className="flex-1" />
          ) : (
            <RenderStage render={render.data} connected={connected} />
          )}
          {render.data && isEnded(render.data) && (
            <div className="max-h-[38%] shrink-0 overflow-auto border-t border-line bg-surface px-4 py-3 max-md:max-h-none">
              <div className="mb-2 flex flex-wrap items-center gap-2">
                <span className={`flex items-center gap-1.5 font-medium ${statusLook(render.data.status).text}`}>
                  <StatusIcon status={render.data.status} />
                  {statusLook(render.data.status).word}
                </span>
                <span className="ml-auto flex gap-2">
                  {job && hasCode(job) && (
                    <Button size="sm" tone="quiet" icon={<Braces />} onClick={() => setDraft(fromJob(job))}>
                      Edit its code
                    </Button>
                  )}
                  {render.data.output && (
                    <a href={render.data.output} download={render.data.name} className={buttonStyle({ size: "sm" })}>
                      <Download />
                      Download
                    </a>
                  )}
                </span>
              </div>
              <Facts render={render.data} />
            </div>
          )}
          <History shown={shown} onShow={show} />
        </section>
      </div>
    </div>
  );
}

/** Lines of the code that the page complained about, as long as the code is still the one that was drawn. */
function badLines(console: { place: string }[], draft: Draft, job: Record<string, unknown> | undefined): number[] {
  if (!job || !hasCode(job) || fromJob(job).code !== draft.code) return [];
  return console.flatMap(({ place }) => {
    const line = /(?:sketch|script|code)\S*:(\d+)/.exec(place)?.[1];
    return line ? [Number(line)] : [];
  });
}

/** The newest renders, to look at again. */
function History({ shown, onShow }: { shown: string | undefined; onShow: (id: string) => void }) {
  const recent = useRecentRenders(12).data?.items ?? [];
  if (recent.length === 0) return null;
  return (
    <nav aria-label="Recent renders" className="flex shrink-0 items-center gap-2 overflow-x-auto border-t border-line bg-surface px-4 py-2">
      {recent.map((render) => (
        <button
          key={render.id}
          type="button"
          onClick={() => onShow(render.id)}
          aria-pressed={render.id === shown}
          aria-label={`${render.name}, ${statusLook(render.status).word}`}
          title={render.name}
          className="size-13 shrink-0 overflow-hidden rounded border border-line aria-pressed:border-accent aria-pressed:outline-2 aria-pressed:outline-accent"
        >
          <Poster render={render} className="text-[0px]" />
        </button>
      ))}
      <Link to="/renders" className="ml-auto shrink-0 px-2 text-data text-muted hover:text-ink hover:underline max-md:py-3">
        All renders
      </Link>
    </nav>
  );
}
