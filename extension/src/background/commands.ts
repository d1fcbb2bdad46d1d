/** What the extension's own pages and keyboard shortcuts may ask for. */

import type { FromUi } from "../messages";
import { documentOf, fileName } from "../recording/document";
import { addCheck, dropCheck, pick, unpick } from "./checks";
import { discard, pause, Refusal, resume, settle, start, stop, undo } from "./control";
import { inTurn } from "./queue";
import { whoAmI } from "./server";
import { shelf } from "./shelf";
import { pageInFront, stateForUi } from "./state";
import { beginUpload, deliver, endUpload } from "./upload";
import { mark, rename, unmark } from "./variables";

export async function obey(message: FromUi): Promise<unknown> {
  switch (message.command) {
    case "state":
      return inTurn(stateForUi);
    case "start":
      return inTurn(async () => start(await pageInFront()));
    case "pause":
      return inTurn(pause);
    case "resume":
      return inTurn(resume);
    case "stop":
      return inTurn(stop);
    case "undo":
      // What is being typed becomes a step first, or it would come back right after.
      await inTurn(settle);
      return inTurn(undo);
    case "pick":
      return inTurn(pick);
    case "unpick":
      return inTurn(unpick);
    case "addCheck":
      return inTurn(() => addCheck(message.check));
    case "dropCheck":
      return inTurn(dropCheck);
    case "rename":
      return inTurn(() => rename(message.name));
    case "mark":
      return inTurn(() => mark(message.field, message.name));
    case "unmark":
      return inTurn(() => unmark(message.field));
    case "discard":
      return inTurn(discard);
    case "document":
      return inTurn(currentDocument);
    case "upload":
      return upload();
    case "testConnection":
      return whoAmI(message);
  }
}

async function currentDocument(): Promise<{ name: string; text: string }> {
  const { recording, entries } = await shelf();
  if (!recording) throw new Refusal("There is no recording.");
  const document = documentOf(recording.head, entries);
  return { name: fileName(document), text: `${JSON.stringify(document, null, 2)}\n` };
}

/** Sending takes its time; the recording can be worked on meanwhile. */
async function upload(): Promise<void> {
  const begun = await inTurn(beginUpload);
  if (!begun) return;
  const outcome = await deliver(begun.connection, begun.document);
  await inTurn(() => endUpload(begun.document, outcome));
}

export async function shortcut(command: string): Promise<void> {
  const { recording } = await shelf();
  if (command === "add-check") return inTurn(recording?.picking ? unpick : pick);
  if (command === "pause-or-resume") return inTurn(recording?.phase === "paused" ? resume : pause);
}
