/** The popup: shows the state that the background holds, and passes on what a person wants. */

import type { FromUi, State } from "../messages";
import { prepareCheckForm, showCheckForm } from "./check-form";
import { askBackground, byId, show } from "./page";
import { showSteps } from "./step-list";
import { followSystemTheme } from "./theme";
import { showUpload } from "./upload-view";
import { askForVariable, prepareVariableDialog } from "./variable-dialog";

let state: State | undefined;
let asking = false;
let askAgain = false;

/** Shows what is; while an answer is on its way only one more question waits. */
async function refresh(): Promise<void> {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    state = await askBackground<State>({ from: "ui", command: "state" });
    render(state);
  } catch (error) {
    complain(error);
  } finally {
    asking = false;
    if (askAgain) void refresh();
  }
}

async function act(message: FromUi): Promise<void> {
  complain(null);
  try {
    await askBackground(message);
  } catch (error) {
    complain(error);
  }
  await refresh();
}

function complain(error: unknown): void {
  byId("problem").textContent = error instanceof Error ? error.message : "";
  show("problem", error !== null);
}

function render(now: State): void {
  const { phase, pending, picking, page } = now;
  const working = phase === "recording" || phase === "paused";
  const status = byId("status");
  status.dataset["phase"] = phase;
  status.textContent = phase === "recording" ? "Recording" : phase === "paused" ? "Paused" : "";
  show("idle", phase === "idle" || (phase === "stopped" && page.recordable && !pending));
  show("recording", working && !pending);
  show("stopped", phase === "stopped");
  show("picking", picking);
  show("elsewhere", working && !page.recorded && !picking);
  byId("pause").textContent = phase === "paused" ? "Resume" : "Pause";
  byId<HTMLButtonElement>("pick").disabled = picking;
  byId<HTMLButtonElement>("undo").disabled = now.steps.length === 0;
  showIdle(now);
  showCheckForm(working ? pending : null);
  showSteps(now, { mark: askForVariable, unmark: (field) => void act({ from: "ui", command: "unmark", field }) });
  showUpload(now);
  const name = byId<HTMLInputElement>("name");
  if (document.activeElement !== name) name.value = now.name;
  if (now.problem) complain(new Error(now.problem));
}

function showIdle({ phase, page }: State): void {
  byId("idle-title").textContent = phase === "stopped" ? "Record something else" : "Nothing is recorded";
  byId("idle-text").textContent = !page.recordable
    ? "The browser keeps extensions out of this page. Open a web page (http or https) to record it."
    : phase === "stopped"
      ? `The recording above goes, and “${page.title || page.url}” is recorded.`
      : `What you do in “${page.title || page.url}” becomes steps that Proscenium performs again.`;
  const start = byId<HTMLButtonElement>("start");
  start.disabled = !page.recordable;
  start.classList.toggle("primary", phase === "idle");
}

async function startRecording(): Promise<void> {
  const unsaved = state?.phase === "stopped" && state.steps.length > 0 && state.upload?.state !== "done";
  if (unsaved && !(await confirmed("It was not uploaded. Download it first if you want to keep it."))) return;
  await act({ from: "ui", command: "start" });
}

async function discard(): Promise<void> {
  if (await confirmed("Its steps cannot be brought back.")) await act({ from: "ui", command: "discard" });
}

/** Asks before something that cannot be undone. */
function confirmed(text: string): Promise<boolean> {
  byId("confirm-text").textContent = text;
  const dialog = byId<HTMLDialogElement>("confirm");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

async function download(): Promise<void> {
  const file = await askBackground<{ name: string; text: string }>({ from: "ui", command: "document" }).catch(complain);
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function upload(): Promise<void> {
  if (!state?.server) return void chrome.runtime.openOptionsPage();
  await act({ from: "ui", command: "upload" });
}

async function pick(): Promise<void> {
  await act({ from: "ui", command: "pick" });
  // The page has to be in front to be pointed at; a popup in a tab of its own stays.
  if (byId("problem").hidden && (await chrome.tabs.getCurrent()) === undefined) close();
}

followSystemTheme();
byId("settings").addEventListener("click", () => void chrome.runtime.openOptionsPage());
byId("start").addEventListener("click", () => void startRecording());
byId("pause").addEventListener("click", () => void act({ from: "ui", command: state?.phase === "paused" ? "resume" : "pause" }));
byId("stop").addEventListener("click", () => void act({ from: "ui", command: "stop" }));
byId("undo").addEventListener("click", () => void act({ from: "ui", command: "undo" }));
byId("pick").addEventListener("click", () => void pick());
byId("unpick").addEventListener("click", () => void act({ from: "ui", command: "unpick" }));
byId("upload").addEventListener("click", () => void upload());
byId("download").addEventListener("click", () => void download());
byId("discard").addEventListener("click", () => void discard());
byId("confirm-no").addEventListener("click", () => byId<HTMLDialogElement>("confirm").close());
byId("confirm-yes").addEventListener("click", () => byId<HTMLDialogElement>("confirm").close("yes"));
byId("name").addEventListener("change", () => void act({ from: "ui", command: "rename", name: byId<HTMLInputElement>("name").value }));
prepareCheckForm(
  (check) => void act({ from: "ui", command: "addCheck", check }),
  () => void act({ from: "ui", command: "dropCheck" }),
);
prepareVariableDialog(async (field, name) => {
  await askBackground({ from: "ui", command: "mark", field, name });
  await refresh();
});
chrome.storage.onChanged.addListener(() => void refresh());
void refresh();
