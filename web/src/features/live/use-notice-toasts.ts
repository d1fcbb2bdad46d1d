import { useEffect } from "react";
import { toast } from "@/components/ui/toaster.tsx";
import { copyText } from "@/lib/clipboard.ts";
import { formatBytes } from "@/lib/size.ts";
import { activeTab } from "./live-model.ts";
import type { LiveSession } from "./live-session.ts";
import type { Notice } from "./protocol.ts";
import { storedFile } from "./stored-file.ts";
import { useLiveSession } from "./use-live.ts";

const openFile = (address: string | undefined) =>
  address ? { label: "Open", run: () => window.open(address, "_blank", "noopener") } : undefined;

/** Says in a corner what the session has to tell beside the picture. */
export function useNoticeToasts(): void {
  const live = useLiveSession();
  useEffect(() => {
    const kept = async (kind: "screenshot" | "download", address: string | undefined, name?: string) => {
      const { session, beat } = live.snapshot();
      return address ?? (session && (await storedFile(session.id, kind, beat?.at || Date.now(), name)));
    };
    let gone = false;
    const stop = live.onNotice((notice: Notice) => {
      switch (notice.t) {
        case "notice":
          if (notice.code === "control_request") {
            toast.info(notice.text, {
              action: { label: "Give control", run: () => giveControl(live, notice.detail) },
            });
          } else if (notice.code !== "http_status") {
            setTimeout(() => {
              if (!gone && !toldOnStage(live, notice.text)) tell(notice);
            }, STAGE_MS);
          }
          break;
        case "error":
          if (notice.code !== "not_in_control") toast.failed(notice.message);
          break;
        case "step":
          if (notice.step.type === "checkpoint" && !notice.replaced) toast.done("Check added");
          break;
        case "clipboard":
          // Nothing was selected: what the viewer copied before stays.
          if (notice.text === "") break;
          void copyText(notice.text).then((copied) => {
            if (!copied) toast.info("Copied in the page", { detail: notice.text.slice(0, 200) });
          });
          break;
        case "screenshot":
          void kept("screenshot", notice.artifact).then((address) =>
            toast.done("Screenshot kept", { detail: formatBytes(notice.bytes), action: openFile(address) }),
          );
          break;
        case "download":
          if (notice.state === "finished") {
            void kept("download", notice.artifact, notice.name).then((address) =>
              toast.done(`${notice.name} downloaded`, {
                detail: notice.bytes === undefined ? undefined : formatBytes(notice.bytes),
                action: openFile(address),
              }),
            );
          } else if (notice.state === "started") toast.info(`${notice.name} is being downloaded`);
          else toast.failed(`${notice.name} could not be downloaded`);
          break;
        default:
      }
    });
    return () => {
      gone = true;
      stop();
    };
  }, [live]);
}

/** How long the state may come after the notice that tells of it. */
const STAGE_MS = 400;

/** Why a page could not be had stands on the stage itself; only that of a tab behind needs a corner. */
function toldOnStage(live: LiveSession, text: string): boolean {
  return activeTab(live.snapshot())?.error?.text === text;
}

function tell({ level, text, detail }: { level: string; text: string; detail?: string }): void {
  if (level === "error") toast.failed(text, new Error(detail));
  else toast.info(text, { detail });
}

function giveControl(live: LiveSession, viewer: string | undefined): void {
  const { session, viewer: me } = live.snapshot();
  const to = session?.viewers.find((each) => each.id === viewer) ?? session?.viewers.find((each) => each.id !== me);
  if (to) live.send({ t: "control", action: "give", to: to.id });
}
