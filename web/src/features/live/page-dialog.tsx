import { useId, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { iHoldControl } from "./live-model.ts";
import type { LiveState } from "./protocol.ts";
import { useLive, useLiveSession } from "./use-live.ts";
import { cardStyle, useKeysBack, Veil } from "./veil.tsx";

const titles: Record<string, string> = {
  alert: "The page says",
  confirm: "The page asks",
  prompt: "The page asks",
  beforeunload: "Leave this page?",
};

/** The page's own alert, confirm, prompt or leave question, as a card over the dimmed stage. */
export function PageDialog({ dialog }: { dialog: NonNullable<LiveState["dialog"]> }) {
  const live = useLiveSession();
  const mine = useLive((model) => iHoldControl(model) || model.session?.control.viewer === null);
  const holder = useLive((model) => model.session?.control.name);
  const [text, setText] = useState(dialog.defaultValue);
  const id = useId();
  useKeysBack();
  const leaving = dialog.kind === "beforeunload";
  const answer = (action: "accept" | "dismiss") =>
    live.send({ t: "dialog", action, text: dialog.kind === "prompt" && action === "accept" ? text : undefined });

  return (
    <Veil>
      <form
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-message`}
        className={cardStyle}
        onSubmit={(event) => {
          event.preventDefault();
          answer("accept");
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && mine) answer("dismiss");
        }}
      >
        <h2 id={`${id}-title`} className="text-h3 font-semibold">
          {titles[dialog.kind] ?? "The page says"}
        </h2>
        <p id={`${id}-message`} className="mt-1 max-h-60 overflow-auto break-words whitespace-pre-wrap text-muted">
          {dialog.message || (leaving ? "Changes you made may not be kept." : "")}
        </p>
        {dialog.kind === "prompt" && (
          <Input aria-label="Answer" autoFocus value={text} onValueChange={setText} disabled={!mine} className="mt-3" />
        )}
        <div className="mt-4 flex items-center justify-end gap-2">
          {!mine && <span className="mr-auto text-data text-muted">{holder ?? "Somebody else"} answers this.</span>}
          {dialog.kind !== "alert" && (
            <Button disabled={!mine} onClick={() => answer("dismiss")}>
              {leaving ? "Stay" : "Cancel"}
            </Button>
          )}
          <Button type="submit" tone="primary" disabled={!mine} autoFocus={dialog.kind !== "prompt"}>
            {leaving ? "Leave" : "OK"}
          </Button>
        </div>
      </form>
    </Veil>
  );
}
