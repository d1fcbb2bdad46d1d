import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CloudOff, MonitorOff, RotateCw, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { sentence } from "@/lib/sentence.ts";
import { FileChooser } from "./file-chooser.tsx";
import { activeTab, iHoldControl } from "./live-model.ts";
import { PageDialog } from "./page-dialog.tsx";
import { useLive, useLiveSession } from "./use-live.ts";
import { cardStyle, Veil } from "./veil.tsx";

/** Dims the stage when it cannot be worked on, and says why. */
export function StageVeil() {
  const phase = useLive((model) => model.phase);
  const lit = useLive((model) => model.lit);
  const dialog = useLive((model) => model.session?.dialog);
  const chooser = useLive((model) => model.session?.fileChooser);
  const status = useLive((model) => model.session?.status);
  const error = useLive((model) => activeTab(model)?.error);

  if (phase === "ended") return <Ended />;
  if (phase === "lost") return <Lost />;
  if (phase === "connecting" || (!lit && status !== "crashed")) return <Rising />;
  if (status === "crashed") return <Crashed />;
  if (dialog) return <PageDialog dialog={dialog} />;
  if (chooser) return <FileChooser chooser={chooser} />;
  if (error) return <PageError text={error.text} detail={error.detail} />;
  return null;
}

function Rising() {
  return (
    <Veil solid>
      <p role="status" className="flex items-center gap-2.5 text-muted">
        <span className="size-4 animate-spin rounded-full border-2 border-accent border-t-transparent" />
        The curtain rises…
      </p>
    </Veil>
  );
}

function Lost() {
  const live = useLiveSession();
  const lostAt = useLive((model) => model.lostAt) ?? Date.now();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - lostAt) / 1000));
  return (
    <Veil>
      <div role="alert" aria-label="Connection" className={`${cardStyle} flex items-center gap-3`}>
        <CloudOff className="size-5 shrink-0 text-warning-text" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">Connection lost {seconds} s ago</p>
          <p className="text-data text-muted">The page goes on; you come back to where it is.</p>
        </div>
        <Button size="sm" icon={<RotateCw />} onClick={() => live.reconnect()}>
          Reconnect now
        </Button>
      </div>
    </Veil>
  );
}

function Ended() {
  const reason = useLive((model) => model.endReason);
  const cache = useQueryClient();
  useEffect(() => {
    cache.invalidateQueries({ queryKey: ["sessions"] });
  }, [cache]);
  return (
    <Veil solid>
      <div role="status" className="flex flex-col items-center gap-2 text-center">
        <MonitorOff className="size-6 text-faint" />
        <h2 className="text-h3 font-semibold">This session has ended</h2>
        {reason && <p className="text-muted">{sentence(reason)}.</p>}
        <Link to="/" className={buttonStyle({ tone: "primary", className: "mt-2" })}>
          Open another page
        </Link>
      </div>
    </Veil>
  );
}

function Crashed() {
  const live = useLiveSession();
  return (
    <Veil solid>
      <div role="alert" className="flex flex-col items-center gap-2 text-center">
        <TriangleAlert className="size-6 text-danger-text" />
        <h2 className="text-h3 font-semibold">The page crashed</h2>
        <p className="text-muted">Its process died in the browser. A reload brings it back.</p>
        <Button className="mt-2" icon={<RotateCw />} onClick={() => live.send({ t: "nav", action: "reload" })}>
          Reload
        </Button>
      </div>
    </Veil>
  );
}

function PageError({ text, detail }: { text: string; detail?: string }) {
  const live = useLiveSession();
  const mine = useLive(iHoldControl);
  return (
    <Veil solid>
      <div role="alert" aria-label="Page error" className="flex max-w-110 flex-col items-center gap-2 text-center">
        <TriangleAlert className="size-6 text-warning-text" />
        <h2 className="text-h3 font-semibold">{text}</h2>
        {detail && <p className="code break-words text-muted">{detail}</p>}
        {mine && (
          <Button className="mt-2" icon={<RotateCw />} onClick={() => live.send({ t: "nav", action: "reload" })}>
            Try again
          </Button>
        )}
      </div>
    </Veil>
  );
}
