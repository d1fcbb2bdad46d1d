import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { PanelBottom, PanelRight } from "lucide-react";
import { useEffect, useState } from "react";
import { meQuery } from "@/api/auth.ts";
import { sessionQuery, stopSession } from "@/api/sessions.ts";
import { Failure, Skeleton } from "@/components/states.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Confirm } from "@/components/ui/confirm.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { sessionName } from "@/features/sessions/session-name.ts";
import { useNamePlace } from "@/lib/place.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { usePhone } from "@/lib/use-media.ts";
import { AddressBar } from "./address-bar.tsx";
import { Inspector } from "./inspector.tsx";
import { LiveSession } from "./live-session.ts";
import { PageStatus } from "./page-status.tsx";
import type { Box } from "./protocol.ts";
import { SaveDialog } from "./save-dialog.tsx";
import { SessionBar } from "./session-bar.tsx";
import { Stage } from "./stage.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TabStrip } from "./tab-strip.tsx";
import { LiveContext, useLive, useLiveSession } from "./use-live.ts";
import { useNoticeToasts } from "./use-notice-toasts.ts";
import { usePast } from "./use-past.ts";

export function LivePage() {
  const { id } = useParams({ from: "/frame/sessions/$id" });
  const session = useQuery(sessionQuery(id));
  const me = useQuery(meQuery).data?.user?.name;
  const [live, setLive] = useState<LiveSession>();
  const over = session.data?.status === "stopped";
  const found = session.isSuccess;
  useNamePlace(session.data && sessionName(session.data));

  useEffect(() => {
    if (!found) return;
    const opened = new LiveSession(id, me);
    setLive(opened);
    opened.open();
    return () => {
      opened.close();
      setLive(undefined);
    };
  }, [id, me, found]);

  useEffect(() => {
    if (over) live?.end(session.data?.endReason ?? "");
  }, [over, live, session.data?.endReason]);

  if (session.isError) {
    return <Failure heading="h1" className="py-24" what="This session cannot be shown" error={session.error} retry={session.refetch} />;
  }
  if (!session.data || !live) {
    return (
      <div aria-busy="true" className="flex h-full flex-col gap-3 p-3">
        <Skeleton className="h-8 w-full" />
        <Skeleton className="min-h-0 w-full flex-1" />
      </div>
    );
  }
  return (
    <LiveContext value={live}>
      <Studio id={id} name={sessionName(session.data)} named={session.data.name !== session.data.url} />
    </LiveContext>
  );
}

function Studio({ id, name, named }: { id: string; name: string; named: boolean }) {
  const live = useLiveSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [picking, setPicking] = useState(false);
  const [saving, setSaving] = useState(false);
  const [ending, setEnding] = useState(false);
  const [panel, setPanel] = useState(!phone);
  const [glow, setGlow] = useState<Box>();
  const [nudge, setNudge] = useState(0);
  const lost = useLive((model) => model.phase === "lost");
  const ended = useLive((model) => model.phase === "ended");
  const unsaved = useLive((model) => model.steps.length > 0);
  useNoticeToasts();
  usePast(id);

  const stopPicking = () => {
    setPicking(false);
    live.clear("picked");
  };
  useShortcuts({
    Escape: () => {
      if (picking) stopPicking();
    },
  });

  // A lost line may mean that the session is over; the API knows.
  useEffect(() => {
    if (lost) cache.invalidateQueries({ queryKey: ["session", id] });
  }, [lost, id, cache]);

  const end = useMutation({
    mutationFn: () => stopSession(id),
    onSuccess: async () => {
      cache.invalidateQueries({ queryKey: ["sessions"] });
      toast.done(`${name} ended`);
      await navigate({ to: "/sessions" });
    },
    onError: (error) => toast.failed("The session could not be ended", error),
  });

  const keyboard = () => document.querySelector<HTMLTextAreaElement>("[aria-label='Page keyboard']")?.focus();
  const inspector = <Inspector onGlow={setGlow} />;
  const sessionBar = (
    <SessionBar
      phone={phone}
      picking={picking}
      onPick={() => (picking ? stopPicking() : setPicking(true))}
      onSave={() => setSaving(true)}
      onEnd={() => setEnding(true)}
      onKeyboard={keyboard}
    />
  );

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{name}</h1>
      <div className="flex shrink-0 items-center gap-3 border-b border-line bg-surface px-2 py-1.5">
        <AddressBar />
        {!phone && sessionBar}
        <IconButton label="Inspector" pressed={panel} onClick={() => setPanel(!panel)}>
          {phone ? <PanelBottom /> : <PanelRight />}
        </IconButton>
      </div>
      {phone && <div className="flex shrink-0 overflow-x-auto border-b border-line bg-surface px-2 py-1">{sessionBar}</div>}
      <TabStrip />
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {picking && !ended && (
            <p role="status" className="shrink-0 border-b border-accent bg-accent-soft px-3 py-1 text-data text-accent-text">
              Point at what must be true and click. Esc ends it.
            </p>
          )}
          <PageStatus />
          <Stage picking={picking} stopPicking={stopPicking} glow={glow} onRefused={() => setNudge(nudge + 1)} />
          <StatusBar nudge={nudge} />
        </div>
        {!phone && panel && (
          <aside aria-label="Inspector" className="w-85 shrink-0 border-l border-line bg-surface xl:w-100">
            {inspector}
          </aside>
        )}
      </div>
      {phone && (
        <Dialog open={panel} onOpenChange={setPanel} title="Inspector" className="h-[70dvh] [&>div]:px-0 [&>div]:pb-0">
          {inspector}
        </Dialog>
      )}
      <SaveDialog open={saving} onOpenChange={setSaving} sessionId={id} proposal={name} named={named} />
      <Confirm
        open={ending}
        onOpenChange={setEnding}
        title="End this session?"
        description={
          unsaved
            ? "The browser closes for everyone who watches. Recorded steps that you have not saved go with it."
            : "The browser closes for everyone who watches."
        }
      >
        <Button onClick={() => setEnding(false)}>Keep it open</Button>
        <Button tone="danger" busy={end.isPending} onClick={() => end.mutate()}>
          End session
        </Button>
      </Confirm>
    </div>
  );
}
