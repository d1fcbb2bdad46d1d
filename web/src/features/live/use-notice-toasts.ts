import { useEffect } from "react";
import { toast } from "@/components/ui/toaster.tsx";
import { copyText } from "@/lib/clipboard.ts";
import { formatBytes } from "@/lib/size.ts";
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
    return live.onNotice((notice: Notice) => {
      switch (notice.t) {
        case "notice":
          if (notice.code === "control_request") {
            toast.info(notice.text, {
              action: { label: "Give control", run: () => giveControl(live, notice.detail) },
            });
          } else if (notice.level === "error") toast.failed(notice.text, new Error(notice.detail));
          else toast.info(notice.text, { detail: notice.detail });
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
  }, [live]);
}

function giveControl(live: LiveSession, viewer: string | undefined): void {
  const { session, viewer: me } = live.snapshot();
  const to = session?.viewers.find((each) => each.id === viewer) ?? session?.viewers.find((each) => each.id !== me);
  if (to) live.send({ t: "control", action: "give", to: to.id });
}
