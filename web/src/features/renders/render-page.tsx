import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Download, Pencil, Trash2 } from "lucide-react";
import { deleteRender, isEnded, renderQuery } from "@/api/renders.ts";
import type { RenderDetail } from "@/api/types.ts";
import { CopyId } from "@/components/copy-id.tsx";
import { Leaves } from "@/components/leaves.tsx";
import { Moment } from "@/components/moment.tsx";
import { Failure, Skeleton } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { cn } from "@/lib/class-names.ts";
import { useNamePlace } from "@/lib/place.ts";
import { keepDraft } from "./draft.ts";
import { Facts } from "./facts.tsx";
import { fromJob, hasCode } from "./job.ts";
import { PinButton } from "./pin-button.tsx";
import { RenderStage } from "./render-stage.tsx";
import { useRenderAgain } from "./use-render-again.ts";
import { useRenderEvents } from "./use-render-events.ts";

/** One render: what came out, how, and of what code. */
export function RenderPage() {
  const { id } = useParams({ from: "/frame/renders/$id" });
  const render = useQuery(renderQuery(id));
  const { connected } = useRenderEvents(render.data);
  useNamePlace(render.data?.name);
  if (render.isError)
    return <Failure heading="h1" className="py-24" what="This render cannot be shown" error={render.error} retry={render.refetch} />;
  if (!render.data) {
    return (
      <div aria-busy="true" className="flex h-full flex-col gap-4 p-6">
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="min-h-0 flex-1 rounded-lg" />
      </div>
    );
  }
  return <Shown render={render.data} connected={connected} />;
}

function Shown({ render, connected }: { render: RenderDetail; connected: boolean }) {
  const look = statusLook(render.status);
  return (
    <div className="flex h-full flex-col max-md:h-auto">
      <header className="flex shrink-0 flex-wrap items-start gap-x-4 gap-y-2 border-b border-line bg-surface px-6 py-3.5 max-md:px-4">
        <div className="min-w-0 flex-1 max-md:basis-full">
          <h1 className="truncate text-h1 font-semibold">{render.name}</h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted">
            <span role="status" className={cn("flex items-center gap-1.5 font-medium", look.text)}>
              <StatusIcon status={render.status} />
              {look.word}
            </span>
            <span aria-hidden>·</span>
            <Moment at={render.createdAt} />
            <Leaves expiresAt={render.expiresAt} />
            {render.attempt > 1 && (
              <>
                <span aria-hidden>·</span>
                <span className="text-warning-text" title="A worker was lost; another took it up again">
                  attempt {render.attempt}
                </span>
              </>
            )}
            <CopyId id={render.id} label="Copy render id" />
          </p>
        </div>
        <Actions render={render} />
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <RenderStage render={render} connected={connected} />
        <aside
          aria-label="About this render"
          className="w-[min(400px,36%)] shrink-0 overflow-auto border-l border-line bg-surface p-4 max-md:w-full max-md:border-t max-md:border-l-0"
        >
          <Facts render={render} />
          <h2 className={cn("mb-1.5 text-data font-medium text-muted", render.result && "mt-4")}>Job</h2>
          <pre className="code rounded border border-line bg-sunken p-2.5 whitespace-pre-wrap break-words">{codeOf(render)}</pre>
        </aside>
      </div>
    </div>
  );
}

/** The code as it is written, below the other fields. */
function codeOf({ job }: RenderDetail): string {
  const { code, html, ...rest } = job;
  const text = [code, html].filter((part) => typeof part === "string").join("\n\n");
  return `${JSON.stringify(rest, null, 2)}\n\n${text}`.trim();
}

function Actions({ render }: { render: RenderDetail }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => cache.invalidateQueries({ queryKey: ["renders"] });
  const again = useRenderAgain();
  const remove = useMutation({
    mutationFn: () => deleteRender(render.id),
    onSuccess: () => {
      refresh();
      // The same job gives the same bytes.
      toast.done(`“${render.name}” deleted`, { undo: () => again.mutate(render.job), undoLabel: "Render it again" });
      return navigate({ to: "/renders" });
    },
    onError: (error) => toast.failed("It could not be deleted", error),
  });
  const edit = () => {
    keepDraft(fromJob(render.job));
    navigate({ to: "/renders/new", search: { render: render.id } });
  };
  return (
    <div className="flex flex-wrap gap-2">
      {hasCode(render.job) && (
        <Button icon={<Pencil />} onClick={edit}>
          Open in the playground
        </Button>
      )}
      {render.output && (
        <a href={render.output} download={render.name} className={buttonStyle({ tone: "primary" })}>
          <Download />
          Download
        </a>
      )}
      <PinButton render={render} />
      <Button tone="danger" icon={<Trash2 />} busy={remove.isPending} disabled={!isEnded(render)} onClick={() => remove.mutate()}>
        Delete
      </Button>
    </div>
  );
}
