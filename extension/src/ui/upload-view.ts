/** What became of the upload, and what to do next. */

import type { State, Upload } from "../messages";
import { button, byId, note, show } from "./page";

export function showUpload({ upload, server, steps }: State): void {
  const send = byId<HTMLButtonElement>("upload");
  send.disabled = upload?.state === "sending" || steps.length === 0;
  send.textContent = server ? "Upload" : "Set up upload";
  send.title = server ? `To ${server}` : "";
  byId<HTMLButtonElement>("download").disabled = steps.length === 0;
  show("upload-outcome", upload !== null);
  if (upload) showOutcome(upload);
}

function showOutcome(upload: Upload): void {
  if (upload.state === "sending") {
    note("upload-outcome", "plain", `Sending to ${upload.server}…`);
  } else if (upload.state === "failed") {
    const actions = upload.settings ? [button("Open settings", () => void chrome.runtime.openOptionsPage())] : [];
    note("upload-outcome", "danger", upload.message, ...actions);
  } else {
    const link = document.createElement("a");
    Object.assign(link, { href: upload.url, target: "_blank", rel: "noopener", textContent: "Open it there" });
    note("upload-outcome", "success", upload.already ? "It is on the server already." : "Uploaded.", link);
  }
}
